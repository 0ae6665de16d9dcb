import re

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.browser import Accessible, Picture
from tests.web.conftest import SignIn
from wardline.people.models import Person, Unit


@pytest.fixture
def desk(client: Client, administrator: Person) -> Client:
    client.force_login(administrator)
    return client


def body(desk: Client, address: str) -> str:
    return " ".join(desk.get(address).content.decode().split())


@pytest.mark.parametrize("address", ["", "/add", "/units", "/{pk}"])
def test_only_the_administrator_sees_them(
    client: Client, registrar: Person, address: str
) -> None:
    client.force_login(registrar)
    answer = client.get("/people" + address.format(pk=registrar.pk))
    assert answer.status_code == 403


@pytest.mark.parametrize("verb", ["password", "access", "standing"])
def test_only_the_administrator_changes_them(
    client: Client, registrar: Person, verb: str
) -> None:
    client.force_login(registrar)
    answer = client.post(f"/people/{registrar.pk}/{verb}")
    assert (answer.status_code, verb) == (403, verb)


def test_a_first_password_is_shown_once(desk: Client) -> None:
    answer = desk.post("/people/add", {"name": "New", "email": "n@mgh.harvard.edu"})
    shown = re.search(r'id="password"\s+value="([^"]+)"', answer.content.decode())
    assert shown
    assert "no-store" in answer["Cache-Control"]
    new = Person.objects.get(name="New")
    assert new.check_password(shown[1])
    assert shown[1] not in body(desk, f"/people/{new.pk}")


def test_a_weak_password_is_refused_with_the_rest_still_there(desk: Client) -> None:
    given = {"name": "New", "email": "n@mgh.harvard.edu", "password": "short"}
    page = desk.post("/people/add", given).content.decode()
    assert "at least 12 characters" in page
    assert "n@mgh.harvard.edu" in page
    assert "short" not in page.replace("too short", "")


def test_access_is_changed_with_ticks(
    desk: Client, author: Person, cardiology: Unit
) -> None:
    ticked = {"roles": ["privacy"], "memberships": [f"{cardiology.pk}:moderator"]}
    answer = desk.post(f"/people/{author.pk}/access", ticked, follow=True)
    assert "was changed" in answer.content.decode()
    listed = body(desk, "/people")
    assert "Privacy Office" in listed
    assert "Moderator of Cardiology" in listed


def test_an_administrator_is_told_why_not(desk: Client, administrator: Person) -> None:
    answer = desk.post(f"/people/{administrator.pk}/access", {})
    assert "from yourself" in answer.content.decode()
    closed = desk.post(f"/people/{administrator.pk}/standing", follow=True)
    assert "You cannot close your own sign-in." in closed.content.decode()


def test_a_leaver_is_closed_and_the_orphaned_account_told(
    desk: Client, hospital: Unit, author: Person
) -> None:
    answer = desk.post(f"/people/{author.pk}/standing", follow=True)
    page = " ".join(answer.content.decode().split())
    assert "The sign-in of Amara Author is closed." in page
    assert "Still on record as owner or deputy of Cardiology blog" in page
    desk.post(f"/people/{author.pk}/standing")
    author.refresh_from_db()
    assert author.is_active


def test_a_new_password_can_be_made(desk: Client, author: Person) -> None:
    answer = desk.post(f"/people/{author.pk}/password")
    assert "It is shown this once" in answer.content.decode()


def test_a_unit_is_entered_once(desk: Client) -> None:
    for told in ("Give it members now.", "There is a unit of this name already"):
        answer = desk.post("/people/units", {"name": "Neurology"}, follow=True)
        assert told in answer.content.decode()


def test_the_pages_read_well(
    page: Page,
    phone: Page,
    sign_in: SignIn,
    hospital: Unit,
    author: Person,
    administrator: Person,
    accessible: Accessible,
    picture: Picture,
) -> None:
    for screen, name in ((page, "desk"), (phone, "phone")):
        sign_in(screen, administrator)
        home = screen.url
        for place in ("people", f"people/{author.pk}", "people/add", "people/units"):
            screen.goto(home + place)
            accessible(screen)
            picture(screen, f"{place.replace('/', '-')}-{name}")
