"""Somebody hands their office to a colleague while they are away."""

from collections.abc import Callable
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn, body
from wardline.people.models import Delegation, Person
from wardline.publishing.models import Draft
from wardline.publishing.steps.delegate import delegate
from wardline.publishing.steps.submit import submit


@pytest.fixture
def running(clearer: Person, outsider: Person) -> Delegation:
    now = timezone.now()
    return delegate(
        clearer.actor,
        office="public-affairs",
        person=clearer,
        stand_in=outsider,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=3),
    )


def away(stand_in: Person, first: int = 0, last: int = 2) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "office": "public-affairs",
        "stand_in": str(stand_in.pk),
        "first": str(today + timedelta(days=first)),
        "last": str(today + timedelta(days=last)),
    }


def test_who_is_of_no_office_has_nothing_to_hand_over(
    client: Client, author: Person
) -> None:
    client.force_login(author)
    page = body(client, "/delegations")
    assert "there is nothing to hand over" in page
    assert "While I am away</a>" not in page


def test_an_office_is_handed_over_for_whole_days_of_the_hospital(
    client: Client, clearer: Person, outsider: Person
) -> None:
    client.force_login(clearer)
    answer = client.post("/delegations", away(outsider), follow=True)
    row = Delegation.objects.get()
    assert (row.person, row.stand_in) == (clearer, outsider)
    local = row.ends_at.astimezone(ZoneInfo("America/New_York"))
    assert local.time() == time()
    assert "Otis Outsider decides for Paz Affairs until" in answer.content.decode()


def test_the_last_day_comes_after_the_first(
    client: Client, clearer: Person, outsider: Person
) -> None:
    client.force_login(clearer)
    page = client.post("/delegations", away(outsider, last=-1)).content.decode()
    assert "The last day lies before the first one." in page
    assert not Delegation.objects.exists()


def test_nobody_hands_over_another_office(
    client: Client, clearer: Person, outsider: Person
) -> None:
    client.force_login(clearer)
    client.post("/delegations", {**away(outsider), "office": "privacy"})
    assert not Delegation.objects.exists()


def test_the_administrator_does_it_for_others(
    client: Client, administrator: Person, clearer: Person, outsider: Person
) -> None:
    client.force_login(administrator)
    client.post("/delegations", {**away(outsider), "person": str(clearer.pk)})
    row = Delegation.objects.get()
    assert (row.person, row.stand_in) == (clearer, outsider)


def test_a_stand_in_decides_and_it_is_said_for_whom(
    client: Client,
    author: Person,
    outsider: Person,
    running: Delegation,
    write: Callable[..., Draft],
) -> None:
    row = submit(author.actor, write(), version=1)[0]
    client.force_login(outsider)
    page = body(client, "/queue/public-affairs")
    assert "You decide for Paz Affairs until" in page
    assert ">Queue: Public Affairs</a>" in page
    client.post(f"/clearances/{row.pk}", {"content": row.content_hash, "grant": "1"})
    row.refresh_from_db()
    assert row.state == "granted"
    assert "for Paz Affairs, who is away" in body(client, f"/clearances/{row.pk}")
    assert ">Flu shots</a>" in body(client, "/drafts")


def test_who_is_back_ends_it(
    client: Client, clearer: Person, outsider: Person, running: Delegation
) -> None:
    client.force_login(outsider)
    assert client.post(f"/delegations/{running.pk}/end").status_code == 403
    client.force_login(clearer)
    client.post(f"/delegations/{running.pk}/end")
    assert "Nobody stands in for anybody." in body(client, "/delegations")
    client.force_login(outsider)
    assert client.get("/queue/public-affairs").status_code == 403


def test_an_absence_is_planned_in_a_browser(
    page: Page, sign_in: SignIn, clearer: Person, outsider: Person, look: Look
) -> None:
    sign_in(page, clearer)
    page.get_by_role("link", name="While I am away").click()
    page.wait_for_load_state()
    page.get_by_label("Who stands in").select_option(label=outsider.name)
    page.get_by_label("Last day").fill(str(timezone.localdate() + timedelta(days=12)))
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("Otis Outsider decides")).to_be_visible()
    look(page, "delegations")
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("Otis Outsider no longer stands in.")).to_be_visible()
