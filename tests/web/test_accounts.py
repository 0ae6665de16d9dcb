import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser import Accessible, Picture
from tests.web.conftest import SignIn
from wardline.people.models import Person, Unit
from wardline.registry.models import Account


def body(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def fields(unit: Unit, owner: Person, deputy: Person) -> dict[str, object]:
    """What a registrar fills in."""
    return {
        "unit": unit.pk,
        "name": "Heart notes",
        "channel": "by_hand",
        "kind": "network",
        "url": "https://network.example/heart",
        "official_email": "heart@mgh.harvard.edu",
        "owner": owner.pk,
        "deputy": deputy.pk,
    }


def test_an_empty_registry_says_what_to_do(client: Client, registrar: Person) -> None:
    client.force_login(registrar)
    assert "Register the first one" in body(client, "/accounts")


def test_another_unit_sees_nothing_of_an_account(
    client: Client, blog: Account, outsider: Person
) -> None:
    client.force_login(outsider)
    assert blog.url not in body(client, "/accounts")
    assert client.get(f"/accounts/{blog.pk}").status_code == 403


def test_a_member_reads_but_does_not_change(
    client: Client, blog: Account, author: Person
) -> None:
    client.force_login(author)
    assert blog.url in body(client, "/accounts")
    assert "Ask the registrar to store it." in body(client, f"/accounts/{blog.pk}")
    for address in ("register", f"{blog.pk}/change"):
        assert client.get(f"/accounts/{address}").status_code == 403
    stored = client.post(f"/accounts/{blog.pk}/sign-in", {"username": "a"})
    assert stored.status_code == 403


def test_the_registrar_registers_and_changes(
    client: Client,
    registrar: Person,
    cardiology: Unit,
    author: Person,
    moderator: Person,
) -> None:
    client.force_login(registrar)
    given = fields(cardiology, author, moderator)
    client.post("/accounts/register", given)
    account = Account.objects.get()
    assert account.state == "active"
    client.post(f"/accounts/{account.pk}/change", {**given, "name": "Heart news"})
    account.refresh_from_db()
    assert account.name == "Heart news"


def test_a_refusal_stands_on_the_form(
    client: Client,
    registrar: Person,
    cardiology: Unit,
    author: Person,
    moderator: Person,
) -> None:
    client.force_login(registrar)
    given = fields(cardiology, author, moderator)
    answer = client.post(
        "/accounts/register", {**given, "official_email": "heart@mail.example"}
    )
    assert "is not an official address" in answer.content.decode()
    assert "Heart notes" in answer.content.decode()


@pytest.mark.clause("OFFICIAL-01", by="wardline.web.accounts")
def test_an_owner_who_left_is_told_of(
    client: Client, blog: Account, registrar: Person
) -> None:
    blog.owner.is_active = False
    blog.owner.save()
    client.force_login(registrar)
    assert "has left: name somebody else" in " ".join(body(client, "/accounts").split())


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


def test_the_registry_reads_well(
    page: Page,
    phone: Page,
    sign_in: SignIn,
    hospital: Unit,
    registrar: Person,
    accessible: Accessible,
    picture: Picture,
) -> None:
    for screen, name in ((page, "desk"), (phone, "phone")):
        sign_in(screen, registrar)
        screen.goto(screen.url + "accounts")
        accessible(screen)
        picture(screen, f"accounts-{name}")
        screen.get_by_role("link", name="Cardiology blog").click()
        expect(screen.get_by_role("heading", name="Sign-in")).to_be_visible()
        accessible(screen)
        picture(screen, f"account-{name}")
        screen.get_by_role("link", name="Change the record").click()
        expect(screen.get_by_role("heading", level=1)).to_contain_text("Change")
        accessible(screen)
        picture(screen, f"account-form-{name}")
