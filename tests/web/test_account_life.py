"""From a request to an account in use, and what happens to it then."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Fields, Look, SignIn, body
from wardline.people.models import Person, Unit
from wardline.registry.models import Account, Task
from wardline.registry.particulars import Particulars
from wardline.registry.steps.certify import EVERY
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.register_account import register_account
from wardline.registry.steps.request_account import request_account
from wardline.registry.steps.tasks import open_task


@pytest.fixture
def account(particulars: Particulars, registrar: Person) -> Account:
    return register_account(registrar.actor, particulars)


def test_nothing_waits_in_an_empty_queue(client: Client, registrar: Person) -> None:
    client.force_login(registrar)
    assert "Nothing waits for you." in body(client, "/accounts/review")
    assert "Nothing waits for you." in body(client, "/")


def test_others_have_no_queue(client: Client, author: Person) -> None:
    client.force_login(author)
    assert client.get("/accounts/review").status_code == 403


def test_the_registrar_approves_a_request(
    client: Client, registrar: Person, author: Person, particulars: Particulars
) -> None:
    version = request_account(author.actor, particulars, "For the clinic")
    client.force_login(registrar)
    assert "1 account waits for review" in body(client, "/")
    assert "A new account by Amara Author" in body(client, "/accounts/review")
    page = body(client, f"/versions/{version.pk}")
    assert "For the clinic" in page
    assert "in use and official at once" in page
    client.post(f"/versions/{version.pk}", {"approve": "1"})
    assert Account.objects.get().state == "active"
    assert "This is decided" in body(client, f"/versions/{version.pk}")


def test_a_change_is_read_beside_what_is_on_record(
    client: Client, registrar: Person, author: Person, account: Account,
    particulars: Particulars,
) -> None:  # fmt: skip
    renamed = replace(particulars, name="Heart news")
    version = propose_change(author.actor, account, renamed)
    client.force_login(registrar)
    page = body(client, f"/versions/{version.pk}")
    assert '"On record">Heart notes</td>' in page
    assert '"Asked for">Heart news</td>' in page
    assert page.count('"Asked for">') == 1
    client.post(f"/versions/{version.pk}", {"approve": "1"})
    account.refresh_from_db()
    assert account.name == "Heart news"


def test_a_request_that_was_returned_is_changed_and_asked_for_again(
    client: Client, registrar: Person, author: Person, particulars: Particulars,
    fields: Fields,
) -> None:  # fmt: skip
    version = request_account(author.actor, particulars)
    client.force_login(registrar)
    address = f"/versions/{version.pk}"
    bare = client.post(address, {"return": "1"}).content.decode()
    assert "Say what has to change." in bare
    client.post(address, {"return": "1", "reason": "Use a plainer name"})
    client.force_login(author)
    assert "returned to you" in body(client, "/")
    account = Account.objects.get()
    assert "Use a plainer name" in body(client, f"/accounts/{account.pk}")
    client.post(f"/accounts/{account.pk}/change", fields(name="Heart"))
    assert "returned to you" not in body(client, "/")
    assert "Heart" in body(client, f"/accounts/{account.pk}/change")
    assert account.versions.filter(state="proposed").count() == 1


def test_the_one_who_asked_takes_it_back(
    client: Client, author: Person, account: Account, particulars: Particulars
) -> None:
    version = propose_change(author.actor, account, replace(particulars, name="Other"))
    client.force_login(author)
    assert "It waits for the registrar" in body(client, f"/versions/{version.pk}")
    client.post(f"/versions/{version.pk}/take-back")
    version.refresh_from_db()
    assert version.state == "taken-back"


@pytest.mark.clause("OFFICIAL-07", by="wardline.web.account_versions")
def test_the_development_office_consents_before_donations_are_asked_for(
    client: Client, author: Person, registrar: Person, developer: Person,
    particulars: Particulars,
) -> None:  # fmt: skip
    silent = request_account(author.actor, particulars)
    asks = replace(particulars, url="https://give.example/heart", fundraising=True)
    version = request_account(author.actor, asks)
    client.force_login(developer)
    assert "1 account asks for donations" in body(client, "/")
    queue = body(client, "/accounts/review")
    assert f"/versions/{version.pk}" in queue
    assert f"/versions/{silent.pk}" not in queue
    assert client.get(f"/versions/{silent.pk}").status_code == 403
    assert client.post(f"/versions/{version.pk}", {"approve": "1"}).status_code == 403
    client.force_login(registrar)
    page = body(client, f"/versions/{version.pk}")
    assert "The Development Office has to consent" in page
    assert ">Approve<" not in page
    client.force_login(developer)
    client.post(f"/versions/{version.pk}", {"consent": "1"})
    assert "Nothing waits" in body(client, "/accounts/review")
    client.force_login(registrar)
    client.post(f"/versions/{version.pk}", {"approve": "1"})
    assert Account.objects.get(pk=version.account_id).state == "active"


def test_who_may_not_certify_is_refused(
    client: Client, account: Account, colleague: Person
) -> None:
    client.force_login(colleague)
    assert client.get(f"/accounts/{account.pk}/certify").status_code == 403
    assert "Confirm the record" not in body(client, f"/accounts/{account.pk}")


def test_the_owner_confirms_what_is_on_the_same_page(
    client: Client, account: Account, author: Person
) -> None:
    long_ago = account.registered_at - EVERY
    Account.objects.update(state="due-for-review", certified_at=long_ago)
    client.force_login(author)
    assert "Confirm the record of Heart notes" in body(client, "/")
    page = body(client, f"/accounts/{account.pk}/certify")
    assert "This is what you confirm" in page
    assert account.official_email in page
    client.post(f"/accounts/{account.pk}/certify")
    account.refresh_from_db()
    assert account.state == "active"
    assert "Confirm the record of" not in body(client, "/")


def test_a_report_needs_its_reason_and_tells_its_consequence(
    client: Client, account: Account, moderator: Person
) -> None:
    client.force_login(moderator)
    address = f"/accounts/{account.pk}/compromised"
    assert "Nothing goes out there any more." in body(client, address)
    assert "Say why" in client.post(address, {"reason": ""}).content.decode()
    client.post(address, {"reason": "Strange posts"})
    account.refresh_from_db()
    assert account.state == "compromised"


def test_an_account_is_restored_when_its_password_was_changed(
    client: Client, account: Account, author: Person, registrar: Person
) -> None:
    client.force_login(author)
    address = f"/accounts/{account.pk}"
    client.post(f"{address}/compromised", {"reason": "Strange posts"})
    assert client.post(f"{address}/restore").status_code == 403
    client.force_login(registrar)
    early = client.post(f"{address}/restore", follow=True).content.decode()
    assert "Its password is still the old one" in early
    client.force_login(author)
    assert "Heart notes needs you" in body(client, "/")
    client.post(f"/tasks/{Task.objects.get().pk}/close")
    client.force_login(registrar)
    client.post(f"{address}/restore")
    account.refresh_from_db()
    assert account.state == "active"


def test_nobody_closes_what_is_not_done(
    client: Client, account: Account, author: Person, outsider: Person
) -> None:
    task = open_task(author.actor, account, "fix-about", "Add the links", paste="x y")
    client.force_login(outsider)
    assert client.post(f"/tasks/{task.pk}/close").status_code == 403
    client.force_login(author)
    page = body(client, f"/accounts/{account.pk}")
    assert "Text to paste there" in page
    open_task(author.actor, account, "certify", "Confirm it")
    assert page.count("It is done") == 1


def test_the_registrar_retires_with_a_reason(
    client: Client, account: Account, registrar: Person
) -> None:
    client.force_login(registrar)
    address = f"/accounts/{account.pk}/retire"
    assert "Say why" in client.post(address, {"reason": " "}).content.decode()
    client.post(address, {"reason": "The clinic closed"})
    account.refresh_from_db()
    assert account.state == "retired"
    page = body(client, f"/accounts/{account.pk}")
    assert "out of use for good" in page
    assert "Change the record" not in page


@pytest.mark.clause("OFFICIAL-01", by="wardline.web.account_tasks")
def test_the_deputy_steps_in_and_the_registrar_names_another(
    client: Client, account: Account, author: Person, moderator: Person,
    registrar: Person,
) -> None:  # fmt: skip
    client.force_login(moderator)
    assert (
        "still owns"
        in client.post(f"/accounts/{account.pk}/step-in", follow=True).content.decode()
    )
    Person.objects.filter(pk=author.pk).update(is_active=False)
    assert "You are its deputy: step in." in body(client, "/")
    assert "Step in as owner" in body(client, f"/accounts/{account.pk}")
    client.post(f"/accounts/{account.pk}/step-in")
    account.refresh_from_db()
    assert (account.owner, account.deputy) == (moderator, None)
    client.force_login(registrar)
    assert "Heart notes has no deputy" in body(client, "/")


def fill_in(page: Page) -> None:
    """The request for an account by hand."""
    page.get_by_label("Name that readers see").fill("Heart notes")
    page.get_by_label("Unit").select_option("Cardiology")
    page.get_by_label("How posts get there").select_option("by_hand")
    page.get_by_label("Kind of site").select_option("network")
    page.get_by_label("Address", exact=True).fill("https://network.example/heart")
    page.get_by_label("Official e-mail").fill("heart@mgh.harvard.edu")
    page.get_by_label("Owner").select_option("Amara Author")
    page.get_by_label("Deputy").select_option("Mo Derator")


def test_an_account_lives_from_request_to_restoration(
    page: Page, phone: Page, sign_in: SignIn, look: Look,
    hospital: Unit, author: Person, registrar: Person,
) -> None:  # fmt: skip
    sign_in(page, author)
    page.goto(page.url + "accounts/request")
    page.wait_for_load_state()
    fill_in(page)
    look(page, "account-request")
    page.get_by_role("button", name="Ask the registrar").click()
    expect(page.get_by_text("asks for this account")).to_be_visible()
    look(page, "account-requested")

    sign_in(phone, registrar)
    look(phone, "dashboard-registrar")
    phone.get_by_role("link", name="1 account waits").click()
    look(phone, "account-queue")
    phone.get_by_role("link", name="Heart notes").click()
    look(phone, "account-version")
    phone.get_by_role("button", name="Approve").click()
    expect(phone.get_by_text("Approved: this is")).to_be_visible()

    page.reload()
    page.get_by_role("link", name="Confirm the record").click()
    look(page, "account-certify")
    page.get_by_role("button", name="Yes, all of this is right").click()
    expect(page.get_by_text("The next time is in 180 days")).to_be_visible()
    page.get_by_role("link", name="Somebody else may control it").click()
    page.wait_for_load_state()
    page.get_by_label("Reason").fill("Posts that nobody of us wrote")
    look(page, "account-report")
    page.get_by_role("button", name="Report it now").click()
    expect(page.get_by_text("Not safe: keep out")).to_be_visible()
    look(page, "account-compromised")
    way = page.get_by_role("link", name="Store the new ones in custody")
    expect(way).to_have_attribute("href", re.compile(r"/accounts/\d+/custody$"))
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("Closed.")).to_be_visible()

    phone.goto(page.url)
    phone.get_by_role("button", name="Take into use again").click()
    expect(phone.get_by_text("is in use again")).to_be_visible()
    look(phone, "account-restored")
    phone.get_by_role("link", name="Change the record").click()
    phone.wait_for_load_state()
    phone.get_by_label("Name that readers see").fill("Heart news")
    phone.get_by_role("button", name="Save").click()

    page.goto(phone.url)
    page.get_by_role("link", name="Propose a change").click()
    page.wait_for_load_state()
    page.get_by_label("Name that readers see").fill("Heart and lung news")
    page.get_by_role("button", name="Ask the registrar").click()
    look(page, "account-history")
    phone.goto(page.url)
    phone.get_by_role("link", name="Read it").click()
    look(phone, "account-change")
