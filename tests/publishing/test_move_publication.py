"""Moving what is due, too late, or only planned, to another time."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from wardline.audit.models import Entry
from wardline.audit.states import StaleStateError
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.move_publication import move_publication
from wardline.publishing.steps.plan_draft import plan_draft
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit

Due = Callable[..., Publication]
DAY = timedelta(days=1)
ZONE = "America/New_York"


@pytest.fixture
def tomorrow() -> datetime:
    return timezone.now() + DAY


@pytest.fixture
def due(
    write: Callable[..., Draft], author: Person, clearer: Person, tomorrow: datetime
) -> Due:
    """A cleared publication, due tomorrow: `due()`, `due(not_after=…)`."""

    def cleared_and_due(**fields: object) -> Publication:
        draft = write(**fields)
        clear(author, clearer, draft)
        return schedule(author.actor, draft, at=tomorrow, zone=ZONE)[0]

    return cleared_and_due


def clear(author: Person, clearer: Person, draft: Draft) -> None:
    for clearance in submit(author.actor, draft, version=draft.version):
        grant(clearer.actor, clearance, content=clearance.content_hash)


def test_a_move_keeps_the_zone_and_is_on_record(
    due: Due, author: Person, tomorrow: datetime
) -> None:
    row = due()
    move_publication(author.actor, row, at=tomorrow + DAY)
    row.refresh_from_db()
    assert (row.due_at, row.next_attempt_at) == (tomorrow + DAY, tomorrow + DAY)
    assert (row.zone, row.state) == (ZONE, "due")
    assert row.draft.planned_at == tomorrow + DAY
    detail = Entry.objects.get(action="publication.move").detail
    assert detail["was"] == tomorrow.isoformat()


def test_an_outsider_moves_nothing(
    due: Due, outsider: Person, tomorrow: datetime
) -> None:
    with pytest.raises(DeniedError):
        move_publication(outsider.actor, due(), at=tomorrow + DAY)


def test_of_two_who_move_one_the_second_is_told(
    due: Due, author: Person, colleague: Person, tomorrow: datetime
) -> None:
    row = due()
    same = Publication.objects.get()
    move_publication(author.actor, row, at=tomorrow + DAY)
    with pytest.raises(StaleStateError):
        move_publication(colleague.actor, same, at=tomorrow + 2 * DAY)
    assert Publication.objects.get().due_at == tomorrow + DAY


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"state": "sending"}, "at this moment"),
        ({"in_doubt": True}, "at this moment"),
        ({"state": "published"}, "published: it moves no more"),
        ({"action": "withdraw"}, "not put off"),
    ],
)
def test_what_may_be_out_already_does_not_move(
    due: Due, author: Person, tomorrow: datetime, fields: dict[str, object], says: str
) -> None:
    due()
    Publication.objects.update(**fields)
    with pytest.raises(PublishingError, match=says):
        move_publication(author.actor, Publication.objects.get(), at=tomorrow + DAY)


def test_a_time_for_which_it_is_not_cleared_is_refused(
    due: Due, author: Person, tomorrow: datetime
) -> None:
    row = due(not_after=tomorrow + DAY)
    with pytest.raises(PublishingError, match="has passed"):
        move_publication(author.actor, row, at=tomorrow - 2 * DAY)
    with pytest.raises(PublishingError, match="cleared until"):
        move_publication(author.actor, row, at=tomorrow + 2 * DAY)
    Clearance.objects.update(expires_at=tomorrow + 0.5 * DAY)
    with pytest.raises(PublishingError, match="Not cleared for that time"):
        move_publication(author.actor, row, at=tomorrow + 0.75 * DAY)


def test_what_came_too_late_gets_another_time(
    due: Due, author: Person, tomorrow: datetime
) -> None:
    row = due()
    Publication.objects.update(
        due_at=tomorrow - 2 * DAY, next_attempt_at=tomorrow - 2 * DAY
    )
    assert claim() is None
    row.refresh_from_db()
    assert (row.state, row.draft.state) == ("missed", "cleared")
    move_publication(author.actor, row, at=tomorrow)
    row.refresh_from_db()
    row.draft.refresh_from_db()
    assert (row.state, row.problem, row.draft.state) == ("due", "", "scheduled")


def test_a_backlog_after_an_outage_is_missed_and_does_not_fire_at_once(
    due: Due, author: Person, tomorrow: datetime
) -> None:
    rows = [due() for _each in range(4)]
    long_ago = tomorrow - 1.25 * DAY
    Publication.objects.update(due_at=long_ago, next_attempt_at=long_ago)
    assert claim() is None
    states = Publication.objects.values_list("state", flat=True)
    assert list(states) == ["missed"] * len(rows)


def test_scheduling_again_sends_what_was_missed_once(
    due: Due, author: Person, tomorrow: datetime
) -> None:
    row = due()
    Publication.objects.update(state="missed")
    Draft.objects.update(state="cleared")
    schedule(author.actor, row.draft, at=tomorrow, zone=ZONE)
    states = Publication.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "due"]


def test_what_is_planned_moves_freely_and_keeps_its_clearance(
    write: Callable[..., Draft], author: Person, clearer: Person, tomorrow: datetime
) -> None:
    draft = write()
    clear(author, clearer, draft)
    plan_draft(author.actor, draft, at=tomorrow, zone=ZONE)
    plan_draft(author.actor, draft, at=tomorrow + DAY)
    draft.refresh_from_db()
    assert (draft.planned_at, draft.planned_zone) == (tomorrow + DAY, ZONE)
    assert (draft.state, draft.version) == ("cleared", 1)
    words = Content("Flu shots", "On Thursday.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, words, version=1)
    draft.refresh_from_db()
    assert draft.planned_at == tomorrow + DAY
    with pytest.raises(PublishingError, match="has passed"):
        plan_draft(author.actor, draft, at=tomorrow - 2 * DAY)


def test_what_is_in_the_queue_is_not_planned(
    due: Due, author: Person, tomorrow: datetime
) -> None:
    with pytest.raises(PublishingError, match="move what is due"):
        plan_draft(author.actor, due().draft, at=tomorrow + DAY)


def test_an_edit_in_place_keeps_the_time_and_voids_the_clearance(
    due: Due, author: Person, clearer: Person, tomorrow: datetime
) -> None:
    """mastodon#34010: what is scheduled can be edited, and does not lose its time."""
    row = due()
    move_publication(author.actor, row, at=tomorrow + DAY)
    draft = Draft.objects.get()
    words = Content("Flu shots", "On Thursday.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, words, version=1)
    draft.refresh_from_db()
    assert (draft.state, draft.planned_at) == ("editing", tomorrow + DAY)
    assert draft.planned_zone == ZONE
    assert not draft.clearances.filter(state="granted").exists()
    assert not Publication.objects.exclude(state="cancelled").exists()
    clear(author, clearer, draft)
    (again,) = schedule(author.actor, draft, at=draft.planned_at, zone=ZONE)
    assert again.due_at == tomorrow + DAY
