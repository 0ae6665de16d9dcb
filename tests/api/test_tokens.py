"""Who gets in with a token, and for how long."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.api.tokens import token_of
from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person, Token
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.steps.issue_token import issue_token, revoke_token

LIST = "/api/registry/accounts"


def status(client: Client, headers: dict[str, str], address: str = LIST) -> int:
    answer = client.get(address, headers=headers)
    if answer.status_code >= 400:
        assert list(answer.json()) == ["error"]
    return answer.status_code


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer wl_guess"},
        {"Authorization": "Bearer \ud800"},
        {"Authorization": "Basic d2w6d2w="},
    ],
)
def test_without_a_token_nothing_is_told(
    client: Client, db: None, headers: dict[str, str]
) -> None:
    assert status(client, headers) == 401
    assert client.get(LIST, headers=headers)["WWW-Authenticate"] == "Bearer"


def test_being_signed_in_is_no_token(client: Client, author: Person) -> None:
    client.force_login(author)
    assert status(client, {}) == 401


def test_a_token_reaches_as_far_as_its_scopes(
    client: Client, blog: Account, registrar: Person
) -> None:
    headers = token_of(registrar, "registry:read")
    assert status(client, headers) == 200
    address = f"{LIST}/{blog.pk}/retire"
    answer = client.post(
        address, {"reason": "x"}, content_type="application/json", headers=headers
    )
    assert answer.status_code == 403
    assert "registry:review" in answer.json()["error"]


def test_a_token_ends_with_its_time_its_person_and_when_revoked(
    client: Client, author: Person
) -> None:
    headers = token_of(author)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert status(client, headers) == 401
    assert status(client, headers) == 200
    author.is_active = False
    author.save()
    assert status(client, headers) == 401
    author.is_active = True
    author.save()
    revoke_token(author.actor, Token.objects.get())
    revoke_token(author.actor, Token.objects.get())
    assert status(client, headers) == 401
    assert Entry.objects.filter(action="token.revoke").count() == 1


def test_the_last_use_is_known_to_the_minute(client: Client, author: Person) -> None:
    headers = token_of(author)
    with time_machine.travel("2026-11-24 10:00+00:00", tick=False) as clock:
        Token.objects.update(expires_at=timezone.now() + timedelta(days=1))
        status(client, headers)
        first = Token.objects.get().last_used_at
        clock.shift(30)
        status(client, headers)
        assert (
            Token.objects.get().last_used_at
            == first
            == timezone.now() - timedelta(seconds=30)
        )
        clock.shift(31)
        status(client, headers)
        assert Token.objects.get().last_used_at == timezone.now()


def test_the_token_itself_is_nowhere_in_the_database(
    client: Client, author: Person
) -> None:
    token = token_of(author)["Authorization"].removeprefix("Bearer ")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_token")
        assert token not in str(cursor.fetchall())
    assert token not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"scopes": []},
        {"scopes": ["registry:everything"]},
        {"lasts": timedelta(days=400)},
        {"lasts": timedelta()},
    ],
)
def test_a_token_without_name_scope_or_end_is_not_made(
    author: Person, wrong: dict[str, object]
) -> None:
    given = {"name": "A", "scopes": ["registry:read"], "lasts": timedelta(days=1)}
    with pytest.raises(RegistryError):
        issue_token(author.actor, **(given | wrong))  # type: ignore[arg-type]


def test_somebody_elses_token_stays(
    author: Person, outsider: Person, administrator: Person
) -> None:
    token_of(author)
    with pytest.raises(DeniedError):
        revoke_token(outsider.actor, Token.objects.get())
    revoke_token(administrator.actor, Token.objects.get())
    assert Token.objects.get().revoked_at
