from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import PHONE, Accessible, Picture
from tests.cast import PASSWORD
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.people.models import Person, Unit
from wardline.publishing.models import Draft
from wardline.publishing.settle import finish
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit

SignIn = Callable[[Page, Person], None]
Look = Callable[[Page, str], None]
Fields = Callable[..., dict[str, Any]]
ZONE = "America/New_York"


def body(client: Client, address: str) -> str:
    """A page's text, as a reader sees it: in one line."""
    return " ".join(client.get(address).content.decode().split())


@pytest.fixture
def fields(cardiology: Unit, author: Person, moderator: Person) -> Fields:
    """What somebody fills in: `fields()`, `fields(name="…")`."""

    def filled(**other: object) -> dict[str, Any]:
        return {
            "unit": cardiology.pk,
            "name": "Heart notes",
            "channel": "by_hand",
            "kind": "network",
            "url": "https://network.example/heart",
            "official_email": "heart@mgh.harvard.edu",
            "owner": author.pk,
            "deputy": moderator.pk,
            "language": "en",
            **other,
        }

    return filled


@pytest.fixture
def cleared(author: Person, clearer: Person, write: Callable[..., Draft]) -> Draft:
    """A draft that every office it called has cleared."""
    draft = write()
    submit(author.actor, draft, version=1)
    clearance = draft.clearances.get()
    grant(clearer.actor, clearance, content=clearance.content_hash)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def published(author: Person, cleared: Draft) -> Draft:
    """A post that is out, as a worker leaves it."""
    row = schedule(author.actor, cleared, at=None, zone=ZONE)[0]
    move(row, "sending", SYSTEM)
    address = {"remote_url": "https://blog.example/1", "finished_at": timezone.now()}
    with transaction.atomic():
        move(row, "published", SYSTEM, set_fields=address)
        finish(SYSTEM, row)
    cleared.refresh_from_db()
    return cleared


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
        page.wait_for_load_state()
        desk = page.viewport_size or PHONE
        for place, size in (("desk", desk), ("phone", PHONE)):
            page.set_viewport_size(size)
            accessible(page)
            picture(page, f"{name}-{place}")
            room = page.evaluate("innerWidth - document.documentElement.scrollWidth")
            assert room >= 0, f"{page.url} is {-room} px too wide for a {place}"
        page.set_viewport_size(desk)

    return look_at
