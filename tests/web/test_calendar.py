"""The calendar: what stands in it, in whose time, and how it moves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.conftest import ZONE, Look, SignIn, body
from wardline.people.models import Person
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.steps.pause import start_pause
from wardline.publishing.steps.schedule import schedule
from wardline.registry.models import Account

DAY = timedelta(days=1)
MONTH = "/calendar?view=month&on="
WEEK = "/calendar?view=week&on="


@pytest.fixture
def noon() -> datetime:
    """Noon in Boston, two days from now."""
    day = timezone.now().astimezone(ZoneInfo(ZONE)) + 2 * DAY
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def due(author: Person, cleared: Draft, noon: datetime) -> Publication:
    """A publication that goes out then."""
    return schedule(author.actor, cleared, at=noon.astimezone(UTC), zone=ZONE)[0]


def clock(at: datetime, **more: str) -> dict[str, str]:
    return {"date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "zone": ZONE, **more}


def shown(client: Client, at: datetime, view: str = MONTH) -> str:
    return body(client, f"{view}{at:%Y-%m-%d}")


@pytest.mark.parametrize("view", ["month", "week", "year"])
@pytest.mark.parametrize("day", ["", "2026-11-23", "1066-10-14", "9999-12-31", "x"])
def test_an_empty_calendar_says_what_to_do(
    client: Client, author: Person, view: str, day: str
) -> None:
    client.force_login(author)
    page = body(client, f"/calendar?view={view}&on={day}")
    assert "Nothing is planned or out in this" in page
    assert "say when it should go out" in page


def test_what_is_due_says_time_zone_account_and_state_in_words(
    client: Client, author: Person, due: Publication, noon: datetime
) -> None:
    client.force_login(author)
    for view in (MONTH, WEEK):
        page = shown(client, noon, view)
        assert f"12:00 PM {noon:%Z}" in page
        for words in ("Flu shots", "Cardiology blog", "Waiting to be sent"):
            assert words in page


def test_a_reader_chooses_a_zone_and_keeps_it(
    client: Client, author: Person, due: Publication, noon: datetime
) -> None:
    client.force_login(author)
    client.get("/calendar?zone=Asia/Kathmandu")
    local = noon.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert f"{local:%-I:%M %p} +0545" in shown(client, local)
    client.get("/calendar?zone=Nowhere/Else")
    assert "+0545" in shown(client, local)


def test_what_is_only_planned_says_so(
    client: Client, author: Person, write: Callable[..., Draft], noon: datetime
) -> None:
    write(planned=(noon.astimezone(UTC), ZONE))
    client.force_login(author)
    assert "Planned. Being written" in shown(client, noon)


def test_a_restricted_post_has_no_title_there(
    client: Client, author: Person, due: Publication, noon: datetime
) -> None:
    Draft.objects.update(restricted=True)
    client.force_login(author)
    page = shown(client, noon)
    assert "Flu shots" not in page
    assert "withheld" in page


def test_an_outsider_sees_nothing_of_another_unit(
    client: Client, outsider: Person, due: Publication, noon: datetime
) -> None:
    client.force_login(outsider)
    page = shown(client, noon)
    assert "Flu shots" not in page
    assert "Cardiology" not in page


def test_it_is_filtered_by_unit_and_account(
    client: Client,
    auditor: Person,
    due: Publication,
    noon: datetime,
    page_by_hand: Account,
) -> None:
    client.force_login(auditor)
    day = f"{MONTH}{noon:%Y-%m-%d}"
    assert "Flu shots" in body(client, f"{day}&unit=cardiology")
    assert "Flu shots" not in body(client, f"{day}&account={page_by_hand.pk}")
    assert "Flu shots" in body(client, f"{day}&unit=no-such&account=x")


def test_a_crowded_day_leads_to_its_week(
    client: Client, author: Person, write: Callable[..., Draft], noon: datetime
) -> None:
    for number in range(6):
        write(title=f"Post {number}", planned=(noon.astimezone(UTC), ZONE))
    client.force_login(author)
    page = shown(client, noon)
    assert "2 more" in page
    assert "warnings" in page
    assert "5 other posts on Cardiology blog within an hour." in page
    assert "2 more" not in shown(client, noon, WEEK)


def test_a_move_is_told_and_taken_back(
    client: Client, author: Person, due: Publication, noon: datetime
) -> None:
    client.force_login(author)
    address, to = f"/publications/{due.pk}/move", noon + DAY
    answer = client.post(address, clock(to, view="week"))
    assert answer["Location"].startswith(f"/calendar?view=week&on={to:%Y-%m-%d}")
    due.refresh_from_db()
    assert due.due_at == to
    page = shown(client, to, WEEK)
    assert f"Moved to {to:%A}" in page
    assert "Undo" in page
    assert "Undo" not in shown(client, to, WEEK)
    client.post(address, clock(noon, which="0"))
    due.refresh_from_db()
    assert due.due_at == noon


def test_what_is_dragged_keeps_the_zone_it_was_chosen_in(
    client: Client, author: Person, due: Publication, noon: datetime
) -> None:
    client.force_login(author)
    fields = {**clock(noon + DAY), "zone": "Asia/Tokyo", "dragged": "1"}
    client.post(f"/publications/{due.pk}/move", fields)
    due.refresh_from_db()
    assert due.zone == ZONE
    assert due.due_at != noon


def test_a_time_that_is_refused_stays_in_the_form(
    client: Client, author: Person, due: Publication, noon: datetime
) -> None:
    client.force_login(author)
    Clearance.objects.update(expires_at=noon + DAY)
    page = client.post(f"/publications/{due.pk}/move", clock(noon + 3 * DAY))
    assert "Not cleared for that time" in page.content.decode()
    assert f"{noon + 3 * DAY:%Y-%m-%d}" in page.content.decode()


def test_a_time_that_comes_twice_is_asked_about(
    client: Client, author: Person, write: Callable[..., Draft]
) -> None:
    draft = write()
    client.force_login(author)
    fold = {"date": "2027-11-07", "time": "01:30", "zone": ZONE}
    page = client.post(f"/drafts/{draft.pk}/move", fold).content.decode()
    assert "01:30 EDT" in page
    assert "01:30 EST" in page
    client.post(f"/drafts/{draft.pk}/move", {**fold, "which": "1"})
    draft.refresh_from_db()
    assert draft.planned_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)
    gap = {"date": "2027-03-14", "time": "02:30", "zone": ZONE}
    page = client.post(f"/drafts/{draft.pk}/move", gap).content.decode()
    assert "does not exist" in page


def test_what_is_out_already_leads_to_its_page(
    client: Client, author: Person, published: Draft
) -> None:
    client.force_login(author)
    row = published.publications.get()
    answer = client.get(f"/publications/{row.pk}/move")
    assert answer["Location"] == f"/publications/{row.pk}"


def test_what_speaks_against_a_time_shows_while_it_is_chosen(
    client: Client, author: Person, cleared: Draft, noon: datetime
) -> None:
    client.force_login(author)
    address = f"/drafts/{cleared.pk}/time"
    night = noon.replace(hour=23)
    page = client.get(address, {**clock(night), "moment": "later"}).content.decode()
    assert "It is night then in New York." in page
    assert "Choose" not in client.get(address, {"date": "x"}).content.decode()
    start_pause(author.actor, cleared.unit, "A storm.")
    now = client.get(address, {"moment": "now"}).content.decode()
    assert "Publishing is paused" in now


def test_a_post_is_moved_by_keyboard_and_by_dragging(
    page: Page,
    sign_in: SignIn,
    author: Person,
    due: Publication,
    write: Callable[..., Draft],
    noon: datetime,
    look: Look,
) -> None:
    planned = write(
        "Parking is free on Sundays.", "Parking", planned=(noon.astimezone(UTC), ZONE)
    )
    sign_in(page, author)
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    page.goto(f"{page.url.rstrip('/')}{MONTH}{noon:%Y-%m-%d}")
    look(page, "calendar-month")
    post = page.locator(f"#publication-{due.pk}")
    post.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#draft-{planned.pk}")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(post).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(post).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="Move to another time")).to_be_visible()
    expect(page.get_by_text("You can, but look:")).to_be_visible()
    look(page, "calendar-move")
    page.get_by_label("Time", exact=True).fill("09:30")
    page.get_by_role("button", name="Move").click()
    status = page.get_by_role("status").filter(has_text="Moved to")
    expect(status).to_contain_text("9:30 AM")
    page.get_by_role("link", name="Week", exact=True).click()
    page.wait_for_load_state()
    look(page, "calendar-week")
    card = page.locator("[data-move]").filter(
        has=page.locator(f"#publication-{due.pk}")
    )
    there = page.locator(f'td[data-day="{noon:%Y-%m-%d}"][data-hour="11"]')
    card.drag_to(there)
    expect(status).to_contain_text("11:30 AM")
    expect(page.locator(f"#publication-{due.pk}")).to_be_focused()
    look(page, "calendar-moved")
    page.get_by_role("button", name="Undo").click()
    expect(status).to_contain_text("9:30 AM")
    due.refresh_from_db()
    assert due.due_at.astimezone(ZoneInfo(ZONE)).hour == 9
