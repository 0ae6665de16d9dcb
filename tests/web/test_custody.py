"""Custody pages: check out, see or copy once, store, and nothing stays behind."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn
from wardline.audit.models import Entry
from wardline.people.models import Person
from wardline.registry.models import Account, Checkout
from wardline.registry.steps.check_out import check_out
from wardline.registry.steps.store_credential import keep

pytestmark = pytest.mark.django_db(transaction=True)
STRONG, NEW = "Wq7-ridge.lantern+48", "Zx4_harvest.cobalt=29"
CODES = "1111 2222\n3333 4444"


@pytest.fixture
def stored(page_by_hand: Account, author: Person) -> Account:
    """Cardiology's page with password and recovery codes in custody."""
    keep(author.actor, page_by_hand, "password", STRONG)
    keep(author.actor, page_by_hand, "recovery-codes", CODES)
    return page_by_hand


@pytest.fixture
def checkout(stored: Account, author: Person) -> Checkout:
    within = timedelta(hours=1)
    return check_out(author.actor, stored, reason="Photo of today", within=within)


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_an_empty_custody_says_what_to_do(
    client: Client, page_by_hand: Account, author: Person
) -> None:
    client.force_login(author)
    page = words(client, f"/accounts/{page_by_hand.pk}/custody")
    assert "Nothing yet. Store the password of the account." in page


def test_others_see_nothing_of_it(
    client: Client, checkout: Checkout, outsider: Person, colleague: Person
) -> None:
    client.force_login(outsider)
    for path in ("", "/check-out", "/keep"):
        address = f"/accounts/{checkout.account_id}/custody{path}"
        assert client.post(address).status_code == 403
    client.force_login(colleague)
    assert client.get(f"/custody/{checkout.pk}").status_code == 403
    assert client.post(f"/custody/{checkout.pk}/look").status_code == 403
    assert client.post(f"/custody/{checkout.pk}/return").status_code == 403


def test_an_auditor_reads_who_has_it_and_can_do_nothing(
    client: Client, checkout: Checkout, auditor: Person
) -> None:
    client.force_login(auditor)
    page = words(client, f"/accounts/{checkout.account_id}/custody")
    assert "Amara Author, until" in page
    assert "Photo of today" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


@pytest.mark.clause("OFFICIAL-03", by="wardline.web.custody")
def test_a_value_is_shown_once_and_kept_by_no_cache(
    client: Client, checkout: Checkout, author: Person
) -> None:
    client.force_login(author)
    address = f"/custody/{checkout.pk}"
    before = client.get(address)
    assert STRONG not in before.content.decode()
    shown = client.post(f"{address}/look", {"field": "password"})
    assert STRONG in shown.content.decode()
    assert {before["Cache-Control"], shown["Cache-Control"]} == {"no-store, private"}
    again = client.post(f"{address}/look", {"field": "password"}, follow=True)
    assert STRONG not in again.content.decode()
    assert "You have seen this one" in again.content.decode()
    assert f"{author}" in words(client, f"/accounts/{checkout.account_id}/custody")


def test_a_copy_that_is_refused_says_why(
    client: Client, checkout: Checkout, author: Person
) -> None:
    client.force_login(author)
    client.post(f"/custody/{checkout.pk}/return")
    given = {"field": "password", "how": "copy"}
    answer = client.post(f"/custody/{checkout.pk}/look", given)
    assert answer.status_code == 409
    assert answer.content == (
        b"The time of this check-out is over. Check it out again."
    )


@pytest.mark.parametrize(
    ("path", "given", "told"),
    [
        ("check-out", {"reason": "R"}, "This was not checked out yet."),
        ("check-out", {"reason": " \t", "minutes": "15"}, "This field is required."),
        ("keep", {"field": "password", "value": "password1"}, "Take a longer one"),
        ("keep", {"field": "username", "value": "x"}, "Select a valid choice"),
    ],
)
def test_what_is_refused_stands_on_the_form(
    client: Client,
    stored: Account,
    author: Person,
    path: str,
    given: dict[str, str],
    told: str,
) -> None:
    client.force_login(author)
    answer = client.post(f"/accounts/{stored.pk}/custody/{path}", given)
    assert told in answer.content.decode()
    assert "password1" not in answer.content.decode()


def test_custody_from_check_out_to_a_new_password(
    page: Page, sign_in: SignIn, look: Look, stored: Account, author: Person
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, author)
    page.wait_for_url("**/")
    base = page.url.rstrip("/")
    page.goto(f"{base}/accounts/{stored.pk}/custody")
    here = page.get_by_role("navigation", name="Of this account")
    expect(here.get_by_role("link", name="Custody")).to_have_attribute(
        "aria-current", "page"
    )
    look(page, "custody")
    page.get_by_label("What do you need it for?").fill("Photo of today")
    page.get_by_role("button", name="Check out").click()
    expect(page.get_by_role("heading", name="checked out")).to_be_visible()
    page.get_by_role("button", name="Copy without showing the password").click()
    expect(page.get_by_text("Copied, and not shown.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == STRONG
    assert STRONG not in page.content()
    page.get_by_role("button", name="Show the recovery codes").click()
    expect(page.get_by_label("It is shown this once")).to_have_value(CODES)
    look(page, "checked-out")
    page.get_by_role("button", name="Done: give it back").click()
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Store the password").click()
    expect(page.get_by_text("Stored.")).to_be_visible()
    looks = Entry.objects.filter(action="vault.reveal").order_by("sequence")
    assert [entry.detail["fields"] for entry in looks] == [
        ["password"],
        ["recovery-codes"],
    ]
