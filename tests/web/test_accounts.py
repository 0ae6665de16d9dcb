from dataclasses import replace

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import account as add_account
from tests.web.conftest import Fields, Look, SignIn, body
from wardline.people.models import Person, Unit
from wardline.registry.models import Account, Version
from wardline.registry.particulars import Particulars
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.register_account import register_account


def test_an_empty_registry_says_what_to_do(
    client: Client, registrar: Person, author: Person
) -> None:
    client.force_login(registrar)
    assert "Register the first one" in body(client, "/accounts")
    client.force_login(author)
    assert "Ask for one" in body(client, "/accounts")


def test_another_unit_sees_nothing_of_an_account(
    client: Client, blog: Account, outsider: Person
) -> None:
    client.force_login(outsider)
    assert blog.url not in body(client, "/accounts")
    assert client.get(f"/accounts/{blog.pk}").status_code == 403


def test_the_list_is_filtered_searched_and_counted(
    client: Client,
    blog: Account,
    page_by_hand: Account,
    registrar: Person,
    oncology: Unit,
    outsider: Person,
) -> None:
    other = add_account(
        oncology, outsider, outsider, "by_hand", "https://x.com/onco", kind="microblog"
    )
    Account.objects.filter(pk=other.pk).update(state="retired", tags=["cancer care"])
    client.force_login(registrar)
    page = body(client, "/accounts")
    assert "3 accounts." in page
    for choice in ("In use (2)", "Retired (1)", "Oncology (1)", "X (1)"):
        assert choice in page
    for asked in (
        "state=retired",
        f"unit={oncology.pk}",
        "site=x",
        "q=ONCO+microblog",
        "q=otis",
        "q=cancer",
    ):
        page = body(client, f"/accounts?{asked}")
        assert "1 of 3 accounts." in page, asked
        assert f"/accounts/{other.pk}" in page, asked
    assert "2 of 3 accounts." in body(client, "/accounts?site=other")
    assert "No account is like that." in body(client, "/accounts?q=no+such")
    for odd in ("unit=99999999999999999999", "unit=x", "state=x", "q=%00", "page=9"):
        assert client.get(f"/accounts?{odd}").status_code == 200


def test_a_member_reads_and_asks_but_changes_nothing(
    client: Client, blog: Account, author: Person, moderator: Person
) -> None:
    client.force_login(author)
    assert blog.url in body(client, "/accounts")
    page = body(client, f"/accounts/{blog.pk}")
    assert "Propose a change" in page
    assert "Change the record" not in page
    assert "Retire it" not in page
    assert client.get("/accounts/register").status_code == 403
    assert client.get(f"/accounts/{blog.pk}/retire").status_code == 403
    stored = client.post(f"/accounts/{blog.pk}/sign-in", {"username": "a"})
    assert stored.status_code == 403
    client.force_login(moderator)
    assert client.get("/accounts/request").status_code == 403
    assert client.get(f"/accounts/{blog.pk}/change").status_code == 403


def test_the_registrar_registers_and_changes_at_once(
    client: Client, registrar: Person, fields: Fields
) -> None:
    client.force_login(registrar)
    client.post("/accounts/register", fields(tags="heart, , news,heart", handle="@h"))
    account = Account.objects.get()
    assert (account.state, account.tags, account.handle) == (
        "active",
        ["heart", "news"],
        "h",
    )
    changed = fields(name="Heart news", notes="Ask Bo")
    client.post(f"/accounts/{account.pk}/change", changed)
    account.refresh_from_db()
    assert (account.name, account.notes) == ("Heart news", "Ask Bo")


@pytest.mark.clause("OFFICIAL-02", by="wardline.web.accounts")
def test_a_private_address_is_refused_on_the_form(
    client: Client, author: Person, fields: Fields
) -> None:
    client.force_login(author)
    private = fields(official_email="heart@gmail.example")
    page = client.post("/accounts/request", private).content.decode()
    assert "is not an official address" in page
    assert "Heart notes" in page
    assert not Account.objects.exists()


def test_an_author_asks_for_the_own_unit_alone(
    client: Client, author: Person, oncology: Unit, fields: Fields
) -> None:
    client.force_login(author)
    client.post("/accounts/request", fields(unit=oncology.pk))
    assert not Account.objects.exists()
    client.post("/accounts/request", fields(note="For the new clinic"))
    version = Version.objects.get()
    assert (version.account.state, version.note) == ("requested", "For the new clinic")


def test_an_authors_change_keeps_the_notes_that_authors_do_not_see(
    client: Client,
    registrar: Person,
    author: Person,
    particulars: Particulars,
    fields: Fields,
) -> None:
    kept = replace(particulars, notes="Lent password once")
    account = register_account(registrar.actor, kept)
    client.force_login(author)
    address = f"/accounts/{account.pk}"
    assert "Lent" not in body(client, address) + body(client, f"{address}/change")
    client.post(f"{address}/change", fields(url=account.url, name="Other"))
    version = account.versions.get(state="proposed")
    assert version.particulars["notes"] == "Lent password once"
    assert "Lent" not in body(client, f"/versions/{version.pk}")
    client.force_login(registrar)
    assert "Lent password once" in body(client, address)


def test_what_an_import_left_open_breaks_no_page(
    client: Client, blog: Account, registrar: Person
) -> None:
    Account.objects.update(owner=None, deputy=None, language="qx", official_email="")
    client.force_login(registrar)
    assert "Owner nobody, deputy nobody" in body(client, "/accounts")
    assert "It has no owner" in body(client, f"/accounts/{blog.pk}")
    for page in ("change", "certify", "compromised", "retire"):
        assert client.get(f"/accounts/{blog.pk}/{page}").status_code == 200


@pytest.mark.clause("OFFICIAL-01", by="wardline.web.accounts")
def test_an_owner_who_left_is_told_of(
    client: Client, blog: Account, registrar: Person, author: Person
) -> None:
    Person.objects.filter(pk=author.pk).update(is_active=False)
    client.force_login(registrar)
    assert "Amara Author has left" in body(client, "/accounts")
    page = body(client, f"/accounts/{blog.pk}")
    assert "It has no owner" in page
    assert "Name another owner" in page


def test_versions_tell_who_changed_what_when(
    client: Client, registrar: Person, author: Person, particulars: Particulars
) -> None:
    account = register_account(registrar.actor, particulars)
    propose_change(author.actor, account, replace(particulars, name="Heart news"), "!")
    client.force_login(author)
    page = body(client, f"/accounts/{account.pk}")
    assert "Version 1" in page
    assert "Amara Author proposes a change" in page
    assert "removed: </span>Heart notes</del>" in page
    assert "added: </span>Heart news</ins>" in page
    assert "<h1>Heart notes</h1>" in page


@pytest.mark.clause("OFFICIAL-03", by="wardline.web.accounts")
@pytest.mark.django_db(transaction=True)
def test_a_sign_in_is_stored_tried_and_never_shown(
    client: Client, blog: Account, registrar: Person
) -> None:
    client.force_login(registrar)
    given = {"username": "wardline", "secret": "open sesame"}
    answer = client.post(f"/accounts/{blog.pk}/sign-in", given, follow=True)
    page = answer.content.decode()
    assert "Stored, but signing in did not work" in page
    assert "The password" in " ".join(page.split())
    assert "sesame" not in page


def test_half_a_sign_in_is_asked_for_again(
    client: Client, blog: Account, registrar: Person
) -> None:
    client.force_login(registrar)
    answer = client.post(f"/accounts/{blog.pk}/sign-in", {"secret": "open sesame"})
    assert "This field is required." in answer.content.decode()
    assert "sesame" not in answer.content.decode()


def test_a_place_without_an_api_keeps_its_sign_in_untried(
    client: Client, page_by_hand: Account, registrar: Person
) -> None:
    client.force_login(registrar)
    given = {"username": "wardline", "secret": "open sesame"}
    address = f"/accounts/{page_by_hand.pk}/sign-in"
    assert (
        "nothing was tried" in client.post(address, given, follow=True).content.decode()
    )


def test_who_posts_by_hand_is_told_of_no_sign_in(
    client: Client, blog: Account, page_by_hand: Account, author: Person
) -> None:
    client.force_login(author)
    assert "Sign-in" in body(client, f"/accounts/{blog.pk}")
    assert "Sign-in" not in body(client, f"/accounts/{page_by_hand.pk}")


def test_the_registry_reads_well(
    page: Page, sign_in: SignIn, hospital: Unit, registrar: Person, look: Look
) -> None:
    sign_in(page, registrar)
    page.goto(page.url + "accounts")
    look(page, "accounts")
    page.get_by_role("link", name="Cardiology blog").click()
    expect(page.get_by_role("heading", name="Sign-in")).to_be_visible()
    page.get_by_role("link", name="Change the record").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Change")
    look(page, "account-form")


def test_a_sign_in_that_another_account_has_is_refused_on_the_page(
    client: Client, blog: Account, page_by_hand: Account, registrar: Person
) -> None:
    client.force_login(registrar)
    given = {"username": "wardline", "secret": "open sesame"}
    client.post(f"/accounts/{page_by_hand.pk}/sign-in", given)
    answer = client.post(f"/accounts/{blog.pk}/sign-in", given)
    assert answer.status_code == 200
    assert "already: each account has its own" in answer.content.decode()
    assert "sesame" not in answer.content.decode()
