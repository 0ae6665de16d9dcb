"""A pause holds everything; what it held goes out only after somebody looked at it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from wardline.audit import chain
from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Clearance, Draft, Pause, Publication
from wardline.publishing.pauses import concerning
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.pause import end_pause, start_pause
from wardline.publishing.steps.release import drop, release
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.registry.models import Account

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHY = "An accident on the campus."
Due = Callable[..., Publication]


@pytest.fixture
def due(write: Callable[..., Draft], author: Person, clearer: Person) -> Due:
    """A cleared publication that is due now, or `due(at=…)`."""

    def cleared_and_due(**fields: object) -> Publication:
        at = fields.pop("at", None)
        draft = write(**fields)
        for clearance in submit(author.actor, draft, version=draft.version):
            grant(clearer.actor, clearance, content=clearance.content_hash)
        return schedule(author.actor, draft, at=at, zone="UTC")[0]  # type: ignore[arg-type]

    return cleared_and_due


@pytest.fixture
def held(due: Due, clearer: Person) -> Publication:
    """One that fell due during a pause, which is over by now."""
    row = due()
    pause = start_pause(clearer.actor, None, WHY)
    assert claim() is None
    end_pause(clearer.actor, pause)
    row.refresh_from_db()
    assert row.state == "held"
    return row


def state(row: Publication) -> str:
    row.refresh_from_db()
    row.draft.refresh_from_db()
    return row.state


def test_without_a_pause_what_is_due_is_sent(due: Due) -> None:
    due()
    assert claim()


def test_while_a_pause_lasts_nothing_is_sent_and_it_says_why(
    due: Due, clearer: Person
) -> None:
    row = due()
    start_pause(clearer.actor, None, WHY)
    assert claim() is None
    assert state(row) == "held"
    assert "An accident on the campus" in row.problem
    assert row.draft.state == "cleared"


def test_a_unit_that_is_paused_holds_only_its_own(
    due: Due, author: Person, oncology: Unit, clearer: Person
) -> None:
    due()
    start_pause(clearer.actor, oncology, WHY)
    assert claim()
    due()
    start_pause(author.actor, author.memberships.get().unit, WHY)
    assert claim() is None


def test_who_may_pause_and_end_it(
    author: Person, outsider: Person, privacy_officer: Person, cardiology: Unit
) -> None:
    with pytest.raises(DeniedError):
        start_pause(outsider.actor, cardiology, WHY)
    with pytest.raises(DeniedError):
        start_pause(author.actor, None, WHY)
    with pytest.raises(PublishingError, match="Say why"):
        start_pause(privacy_officer.actor, None, " ")
    pause = start_pause(privacy_officer.actor, None, WHY)
    with pytest.raises(PublishingError, match="already"):
        start_pause(privacy_officer.actor, None, WHY)
    with pytest.raises(DeniedError):
        end_pause(privacy_officer.actor, pause)


def test_the_end_of_a_pause_sends_nothing_by_itself(held: Publication) -> None:
    assert claim() is None
    assert state(held) == "held"


def test_what_fell_due_while_no_worker_ran_is_held_when_the_pause_ends(
    due: Due, clearer: Person
) -> None:
    row, later = due(), due(at=timezone.now() + DAY)
    pause = start_pause(clearer.actor, None, WHY)
    end_pause(clearer.actor, pause)
    assert claim() is None
    assert (state(row), state(later)) == ("held", "due")


def test_what_is_being_sent_when_the_pause_begins_is_finished(
    due: Due, clearer: Person
) -> None:
    row = due()
    assert claim()
    end_pause(clearer.actor, start_pause(clearer.actor, None, WHY))
    assert state(row) == "sending"


def test_withdrawals_go_on_during_a_pause(due: Due, clearer: Person) -> None:
    due()
    Publication.objects.update(action="withdraw")
    start_pause(clearer.actor, None, WHY)
    assert claim()


def test_what_was_held_goes_out_after_review(
    held: Publication, clearer: Person, author: Person
) -> None:
    with pytest.raises(DeniedError, match="Public Affairs"):
        release(author.actor, held)
    release(clearer.actor, held)
    assert (state(held), held.draft.state) == ("due", "scheduled")
    assert claim()
    assert Entry.objects.filter(action="publication.release").exists()
    assert not list(chain.verify())


def test_nothing_is_released_while_a_pause_lasts(
    held: Publication, clearer: Person
) -> None:
    start_pause(clearer.actor, held.draft.unit, WHY)
    with pytest.raises(PublishingError, match="paused"):
        release(clearer.actor, held, reason="It is urgent.")
    assert state(held) == "held"


def test_a_correction_is_released_during_a_pause_with_a_reason(
    due: Due, clearer: Person
) -> None:
    row = due()
    start_pause(clearer.actor, None, WHY)
    Publication.objects.update(action="correct")
    assert claim() is None
    row.refresh_from_db()
    with pytest.raises(PublishingError, match="paused"):
        release(clearer.actor, row)
    release(clearer.actor, row, reason="The number to call was wrong.")
    assert claim()


def test_a_correction_released_in_one_pause_is_held_by_the_next(
    due: Due, clearer: Person
) -> None:
    row = due()
    pause = start_pause(clearer.actor, None, WHY)
    Publication.objects.update(action="correct", released_at=F("due_at"))
    end_pause(clearer.actor, pause)
    start_pause(clearer.actor, None, WHY)
    assert claim() is None
    assert state(row) == "held"


@pytest.mark.parametrize("lack", ["clearance", "account"])
def test_what_is_not_cleared_any_more_or_has_no_account_stays_held(
    held: Publication, clearer: Person, lack: str
) -> None:
    if lack == "clearance":
        Clearance.objects.update(state="expired")
    else:
        Account.objects.update(state="compromised")
    held.refresh_from_db()
    with pytest.raises(PublishingError, match=r"cleared|compromised"):
        release(clearer.actor, Publication.objects.get())
    assert state(held) == "held"


def test_what_is_too_old_needs_another_time(held: Publication, clearer: Person) -> None:
    long_ago = timezone.now() - DAY
    Publication.objects.update(due_at=long_ago)
    held.refresh_from_db()
    with pytest.raises(PublishingError, match="long over"):
        release(clearer.actor, held)
    tomorrow = timezone.now() + DAY
    release(clearer.actor, held, at=tomorrow)
    assert (state(held), held.due_at) == ("due", tomorrow)


def test_an_edit_calls_off_what_was_held(
    held: Publication, author: Person, clearer: Person
) -> None:
    draft = Draft.objects.get()
    words = Content("Title", "Other words.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, words, version=draft.version)
    assert state(held) == "cancelled"
    with pytest.raises(PublishingError, match="not held"):
        release(clearer.actor, held)


def test_scheduling_again_does_not_send_what_was_held_as_well(
    held: Publication, author: Person, clearer: Person
) -> None:
    schedule(author.actor, Draft.objects.get(), at=None, zone="UTC")
    assert state(held) == "cancelled"


def test_what_was_corrected_elsewhere_does_not_go_out_uncorrected(
    held: Publication, author: Person, clearer: Person, write: Callable[..., Draft]
) -> None:
    Draft.objects.filter(pk=held.draft_id).update(state="published")
    Draft.objects.filter(pk=write().pk).update(corrects=held.draft_id)
    with pytest.raises(PublishingError, match="being corrected"):
        release(clearer.actor, held)
    assert state(held) == "held"


def test_what_was_held_is_called_off(held: Publication, clearer: Person) -> None:
    drop(clearer.actor, held)
    assert (state(held), held.draft.state) == ("cancelled", "cleared")
    with pytest.raises(PublishingError, match="no longer held"):
        drop(clearer.actor, held)


def test_a_pause_concerns_those_whom_it_stops(
    author: Person,
    outsider: Person,
    clearer: Person,
    cardiology: Unit,
    registrar: Person,
) -> None:
    pause = start_pause(clearer.actor, cardiology, WHY)
    concerned = [p for p in (author, clearer) if pause in concerning(p.actor)]
    assert concerned == [author, clearer]
    assert not concerning(outsider.actor)
    assert not concerning(registrar.actor)
    assert Pause.objects.get().reason == WHY
