from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import PHONE, Accessible, Picture
from tests.cast import PASSWORD
from wardline.people.models import Person

SignIn = Callable[[Page, Person], None]
Look = Callable[[Page, str], None]


@pytest.fixture
def sign_in(transactional_db: None, live_server: LiveServer) -> SignIn:
    """Sign a person in on a page, which then shows their dashboard."""

    def enter(page: Page, person: Person) -> None:
        page.goto(f"{live_server.url}/sign-in")
        page.get_by_label("Work e-mail address").fill(person.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    return enter


@pytest.fixture
def look(accessible: Accessible, picture: Picture) -> Look:
    """Assert that the page is accessible and fits at a desk and on a phone."""

    def look_at(page: Page, name: str) -> None:
        desk = page.viewport_size or PHONE
        for place, size in (("desk", desk), ("phone", PHONE)):
            page.set_viewport_size(size)
            accessible(page)
            picture(page, f"{name}-{place}")
            room = page.evaluate("innerWidth - document.documentElement.scrollWidth")
            assert room >= 0, f"{page.url} is {-room} px too wide for a {place}"
        page.set_viewport_size(desk)

    return look_at
