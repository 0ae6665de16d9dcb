"""The page of a person's own tokens."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn
from wardline.people.models import Person, Token

GIVEN = {"name": "Website", "scopes": ["registry:read"], "days": "30"}


def test_nobody_has_a_token_to_begin_with(client: Client, author: Person) -> None:
    client.force_login(author)
    assert "You have none." in client.get("/tokens").content.decode()


def test_a_token_is_shown_once_and_ends_when_revoked(
    client: Client, author: Person
) -> None:
    client.force_login(author)
    page = client.post("/tokens", GIVEN).content.decode()
    shown = "wl_" + page.partition('value="wl_')[2].partition('"')[0]
    row = Token.objects.get()
    assert row.hash not in page
    assert shown not in client.get("/tokens").content.decode()
    asked = {"Authorization": f"Bearer {shown}"}
    assert client.get("/api/registry/accounts", headers=asked).status_code == 200
    client.post(f"/tokens/{row.pk}/revoke")
    assert client.get("/api/registry/accounts", headers=asked).status_code == 401


def test_nobody_sees_or_ends_somebody_elses(
    client: Client, author: Person, outsider: Person
) -> None:
    client.force_login(author)
    client.post("/tokens", GIVEN)
    client.force_login(outsider)
    assert "Website" not in client.get("/tokens").content.decode()
    row = Token.objects.get()
    assert client.post(f"/tokens/{row.pk}/revoke").status_code == 403


def test_a_token_that_may_do_nothing_is_not_made(
    client: Client, author: Person
) -> None:
    client.force_login(author)
    page = client.post("/tokens", {"name": "Website", "days": "30"}).content.decode()
    assert "This field is required." in page
    assert not Token.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_tokens_read_well(
    page: Page, sign_in: SignIn, look: Look, author: Person
) -> None:
    sign_in(page, author)
    page.get_by_role("link", name="API tokens").click()
    page.wait_for_load_state()
    page.get_by_label("What it is for").fill("Website")
    page.get_by_text("Read accounts").click()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Website")
    look(page, "token")
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("never used")).to_be_visible()
    look(page, "tokens")
