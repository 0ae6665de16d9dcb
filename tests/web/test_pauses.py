"""The switch, the banner, and the review of what was held."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.conftest import ZONE, Look, SignIn, body
from wardline.people.models import Person
from wardline.publishing.models import Clearance, Draft, Pause, Publication
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.pause import end_pause, start_pause
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.times import utc_of

WHY = "An accident on the campus."


@pytest.fixture
def held(author: Person, clearer: Person, cleared: Draft) -> Publication:
    """A publication that a pause held, which is over."""
    row = schedule(author.actor, cleared, at=None, zone=ZONE)[0]
    pause = start_pause(clearer.actor, None, WHY)
    assert claim() is None
    end_pause(clearer.actor, pause)
    row.refresh_from_db()
    return row


def test_its_release_at_another_time_begins_with_one_that_is_ahead(
    client: Client, clearer: Person, held: Publication
) -> None:
    client.force_login(clearer)
    shown = client.get(f"/publications/{held.pk}/move").context["form"].initial
    local = datetime.combine(shown["date"], shown["time"])
    assert utc_of(local, shown["zone"], fold=shown["which"]) > timezone.now()


def state(row: Publication) -> str:
    row.refresh_from_db()
    return row.state


def test_with_no_pause_no_page_speaks_of_one(client: Client, author: Person) -> None:
    client.force_login(author)
    assert "is paused" not in body(client, "/")
    page = body(client, "/pauses")
    assert "Nothing is held." in page
    assert "Everything, of every unit" not in page


def test_one_switch_pauses_and_says_whom_it_stops(
    client: Client, clearer: Person, author: Person, cleared: Draft
) -> None:
    schedule(author.actor, cleared, at=None, zone=ZONE)
    client.force_login(clearer)
    assert "Everything, of every unit: 1 post waits, 1 within a day" in body(
        client, "/pauses"
    )
    client.post("/pauses", {"scope": "", "reason": WHY})
    assert Pause.objects.get().unit is None
    page = body(client, "/pauses")
    assert "Everything is paused" in page
    assert "1 post of 1 unit still waits" in page


def test_a_pause_without_a_reason_is_not_made(client: Client, clearer: Person) -> None:
    client.force_login(clearer)
    page = client.post("/pauses", {"scope": "", "reason": ""}).content.decode()
    assert "everybody whom it stops reads this" in page
    assert not Pause.objects.exists()


def test_an_author_pauses_their_own_unit_alone(
    client: Client, author: Person, oncology: object
) -> None:
    client.force_login(author)
    for scope in ("", "oncology"):
        client.post("/pauses", {"scope": scope, "reason": WHY})
    assert not Pause.objects.exists()
    client.post("/pauses", {"scope": "cardiology", "reason": WHY})
    assert str(Pause.objects.get().unit) == "Cardiology"


def test_the_banner_is_on_every_page_of_those_whom_it_concerns(
    client: Client, author: Person, outsider: Person, clearer: Person
) -> None:
    start_pause(clearer.actor, author.memberships.get().unit, WHY)
    for person, told in ((author, True), (clearer, True), (outsider, False)):
        client.force_login(person)
        for page in ("/drafts", "/calendar", "/check"):
            assert ("Publishing for Cardiology is paused" in body(client, page)) is told
    client.logout()
    assert WHY not in body(client, "/check")


def test_who_does_not_publish_is_not_bothered(
    client: Client, registrar: Person
) -> None:
    client.force_login(registrar)
    assert client.get("/pauses").status_code == 403


def test_what_was_held_is_released_and_called_off_in_bulk(
    client: Client, clearer: Person, held: Publication
) -> None:
    client.force_login(clearer)
    client.post("/publications/review", {"do": "release"})
    assert state(held) == "held"
    client.post("/publications/review", {"do": "release", "pick": [held.pk, "x", 0]})
    assert state(held) == "due"
    Publication.objects.update(state="held")
    client.post("/publications/review", {"do": "drop", "pick": [held.pk]})
    assert state(held) == "cancelled"


def test_what_cannot_be_released_says_why(
    client: Client, clearer: Person, held: Publication
) -> None:
    Clearance.objects.update(expires_at=timezone.now())
    client.force_login(clearer)
    assert "The clearance by Public Affairs is missing" in body(client, "/pauses")
    fields = {"do": "release", "pick": [held.pk]}
    page = client.post("/publications/review", fields, follow=True).content.decode()
    assert "Not cleared for that time by Public Affairs" in page
    assert state(held) == "held"


def test_what_was_held_is_on_the_dashboard_of_those_who_release_it(
    client: Client, clearer: Person, developer: Person, held: Publication
) -> None:
    client.force_login(clearer)
    assert f"/publications/{held.pk}" in body(client, "/")
    client.force_login(developer)
    assert f"/publications/{held.pk}" not in body(client, "/")


def test_an_author_reads_what_is_held_and_releases_nothing(
    client: Client, author: Person, held: Publication
) -> None:
    client.force_login(author)
    page = body(client, "/pauses")
    assert "Public Affairs releases these" in page
    assert held.revision.text in page
    assert client.post("/publications/review", {"pick": [held.pk]}).status_code == 403


def test_a_restricted_text_is_not_shown_for_review(
    client: Client, clearer: Person, held: Publication
) -> None:
    Draft.objects.update(restricted=True)
    client.force_login(clearer)
    page = body(client, "/pauses")
    assert held.revision.text not in page
    assert "The text is withheld" in page


def test_publishing_is_paused_and_taken_up_again(
    page: Page,
    sign_in: SignIn,
    author: Person,
    clearer: Person,
    cleared: Draft,
    look: Look,
) -> None:
    row = schedule(author.actor, cleared, at=None, zone=ZONE)[0]
    sign_in(page, clearer)
    page.locator("summary", has_text="Posts").click()
    page.get_by_role("link", name="Pause", exact=True).click()
    page.get_by_label("Why?").fill(WHY)
    look(page, "pause-switch")
    page.get_by_role("button", name="Pause now").click()
    expect(page.get_by_text("Paused. What falls due is held")).to_be_visible()
    assert claim() is None
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_text("Publishing is paused.")).to_be_visible()
    look(page, "pause-banner")
    page.get_by_role("link", name="About this pause").click()
    page.get_by_role("button", name="End this pause").click()
    expect(page.get_by_text("The pause is over.")).to_be_visible()
    Draft.objects.update(text="Flu shots are on Thursday.")
    page.reload()
    look(page, "pause-review")
    Draft.objects.update(text=row.revision.text)
    page.get_by_text("I looked at it").click()
    page.get_by_role("button", name="Release the ticked ones").click()
    expect(page.get_by_text("1 released.")).to_be_visible()
    assert state(row) == "due"


def test_why_another_unit_paused_is_not_told(
    client: Client, author: Person, outsider: Person, clearer: Person, cleared: Draft
) -> None:
    pause = start_pause(author.actor, cleared.unit, "A patient of ours is in the news.")
    end_pause(clearer.actor, pause)
    client.force_login(outsider)
    assert "in the news" not in body(client, "/pauses")
    client.force_login(author)
    assert "in the news" in body(client, "/pauses")
