"""About sections by program."""

import json

import pytest
from django.test import Client

from tests.api.tokens import token_of
from tests.servers.pages import Pages
from tests.servers.policies import Policies
from wardline.people.models import Person
from wardline.registry.models import Account


@pytest.fixture
def path(page_by_hand: Account, elsewhere: Pages, policies: Policies) -> str:
    page_by_hand.url = elsewhere.show("/heart", "<title>Heart notes</title>")
    page_by_hand.save()
    return f"/api/registry/accounts/{page_by_hand.pk}/about"


def test_before_the_first_look_the_list_is_empty(
    client: Client, path: str, author: Person
) -> None:
    answer = client.get(path, headers=token_of(author))
    assert answer.json() == {"count": 0, "items": []}


def test_a_look_is_asked_for_and_kept(
    client: Client, path: str, author: Person
) -> None:
    found = client.post(path, headers=token_of(author)).json()
    assert found["outcome"] == "fail"
    assert [check["passed"] for check in found["checks"]] == [False, False, True]
    kept = client.get(path, headers=token_of(author)).json()
    assert kept["items"] == [found]


def test_a_person_attests(
    client: Client, path: str, author: Person, policies: Policies
) -> None:
    given = {"words": f"{policies.guidelines.url} {policies.privacy.url}"}
    answer = client.post(
        f"{path}/attest",
        json.dumps(given),
        content_type="application/json",
        headers=token_of(author),
    )
    assert answer.json()["outcome"] == "attested"


def test_what_cannot_be_mended_is_told(
    client: Client, path: str, author: Person
) -> None:
    answer = client.post(f"{path}/fix", headers=token_of(author))
    assert answer.status_code == 422
    assert "lets no program change a profile" in answer.json()["error"]
