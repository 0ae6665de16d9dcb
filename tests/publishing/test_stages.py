"""Offices in their order, of several one, and what follows when a clearance ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from wardline.audit.states import StaleStateError
from wardline.people.models import Person
from wardline.publishing.hindrance import hindrance
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.steps.decide import grant, send_back
from wardline.publishing.steps.expire_clearances import expire_clearances
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit

Routes = Callable[[str], None]
Write = Callable[..., Draft]
EITHER = """
[[route]]
name = "Either"
ask = "any"
offices = ["public-affairs", "development"]
"""
TWO_STAGES = """
[[route]]
name = "First"
offices = ["development"]
[[route]]
name = "Then"
offices = ["public-affairs"]
order = 1
due_hours = 6
"""


def submitted(author: Person, draft: Draft) -> dict[str, Clearance]:
    """Submit it; the clearances opened, by office."""
    opened = submit(author.actor, draft, version=draft.version)
    return {clearance.office: clearance for clearance in opened}


def give(person: Person, clearance: Clearance, note: str = "") -> None:
    grant(person.actor, clearance, content=clearance.content_hash, note=note)


def states(draft: Draft) -> dict[str, str]:
    """The draft's clearances by office, the newest of each."""
    return dict(draft.clearances.order_by("pk").values_list("office", "state"))


def state(draft: Draft) -> str:
    return Draft.objects.get(pk=draft.pk).state


def test_of_several_offices_the_word_of_one_suffices_and_the_others_rest(
    write: Write, author: Person, developer: Person, routes: Routes
) -> None:
    routes(EITHER)
    draft = write()
    opened = submitted(author, draft)
    assert opened["development"].any_of == ["public-affairs", "development"]
    give(developer, opened["development"])
    assert states(draft) == {"development": "granted", "public-affairs": "void"}
    assert state(draft) == "cleared"


def test_of_two_who_may_each_decide_the_second_is_told(
    write: Write, author: Person, developer: Person, clearer: Person, routes: Routes
) -> None:
    routes(EITHER)
    opened = submitted(author, write())
    give(developer, opened["development"])
    with pytest.raises(StaleStateError, match="somebody else"):
        give(clearer, opened["public-affairs"])


def test_a_later_office_is_asked_once_the_earlier_ones_have_granted(
    write: Write, author: Person, developer: Person, clearer: Person, routes: Routes
) -> None:
    routes(TWO_STAGES)
    draft = write()
    opened = submitted(author, draft)
    assert set(opened) == {"development"}
    give(developer, opened["development"])
    assert states(draft) == {"development": "granted", "public-affairs": "pending"}
    assert state(draft) == "submitted"
    second = draft.clearances.get(office="public-affairs")
    assert second.due_at
    left = second.due_at - second.requested_at
    assert abs(left - timedelta(hours=6)) < timedelta(seconds=5)
    give(clearer, second)
    assert state(draft) == "cleared"


def test_who_refuses_first_spares_the_later_office_the_reading(
    write: Write, author: Person, developer: Person, routes: Routes
) -> None:
    routes(TWO_STAGES)
    draft = write()
    opened = submitted(author, draft)
    send_back(developer.actor, opened["development"], note="Name the fund.")
    assert (states(draft), state(draft)) == ({"development": "refused"}, "returned")


def test_a_draft_planned_for_the_night_asks_for_the_night(
    write: Write, author: Person, developer: Person, routes: Routes
) -> None:
    routes(
        '[[route]]\nname = "Night"\noffices = ["development"]\n'
        'when = { hours = { outside = "00:01-23:59" } }'
    )
    midnight = datetime(2126, 11, 24, 5, 0, 30, tzinfo=UTC)
    draft = write(planned=(midnight, "America/New_York"))
    assert set(submitted(author, draft)) == {"development"}


def test_a_clearance_that_ended_holds_what_was_to_go_out_and_tells_why(
    write: Write, author: Person, clearer: Person
) -> None:
    draft = write()
    clearance = submitted(author, draft)["public-affairs"]
    give(clearer, clearance)
    later = timezone.now() + timedelta(days=2)
    (row,) = schedule(author.actor, draft, at=later, zone="UTC")
    assert expire_clearances(later) == 0
    Clearance.objects.update(expires_at=timezone.now())
    assert expire_clearances(timezone.now()) == 1
    row.refresh_from_db()
    assert (row.state, state(draft)) == ("held", "cleared")
    assert row.problem == (
        "The clearance by Public Affairs has expired. Submit the draft again."
    )
    assert states(draft) == {"public-affairs": "expired"}
    draft.refresh_from_db()
    assert set(submitted(author, draft)) == {"public-affairs"}


def test_an_earlier_office_is_asked_again_when_its_word_ends_before_the_last_one(
    write: Write, author: Person, developer: Person, routes: Routes
) -> None:
    routes(TWO_STAGES)
    draft = write()
    give(developer, submitted(author, draft)["development"])
    Clearance.objects.filter(state="granted").update(expires_at=timezone.now())
    assert expire_clearances(timezone.now()) == 1
    assert states(draft) == {"development": "pending", "public-affairs": "pending"}


def test_the_clearances_of_a_post_that_is_out_stay_as_they_were(
    write: Write, author: Person, clearer: Person
) -> None:
    draft = write()
    give(clearer, submitted(author, draft)["public-affairs"])
    Clearance.objects.update(expires_at=timezone.now())
    Draft.objects.update(state="published")
    assert expire_clearances(timezone.now()) == 0


def test_what_was_due_by_day_is_not_held_for_going_out_a_little_late(
    write: Write, author: Person, clearer: Person, routes: Routes
) -> None:
    routes(
        '[[route]]\nname = "Night"\noffices = ["development"]\n'
        'when = { hours = { outside = "08:00-18:00" } }'
    )
    noon = datetime(2126, 11, 20, 17, tzinfo=UTC)
    draft = write(planned=(noon, "America/New_York"))
    give(clearer, submitted(author, draft)["public-affairs"])
    Clearance.objects.update(expires_at=noon + timedelta(days=9))
    closing = datetime(2126, 11, 20, 22, 59, tzinfo=UTC)
    (row,) = schedule(author.actor, draft, at=closing, zone="America/New_York")
    late = closing + timedelta(minutes=2)
    assert hindrance(row, late) is None
    row.due_at = late
    stop = hindrance(row, late)
    assert stop
    assert "Development Office is missing" in stop[1]
