"""Which offices are asked next: those of the lowest order that is not met yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.institution import current
from wardline.people.access import Actor
from wardline.publishing.gate import Requirement, lifts_hold, missing
from wardline.publishing.models import Clearance, Draft


def ask_next(actor: Actor, draft: Draft, now: datetime) -> list[Clearance]:
    """Ask them, in the caller's transaction; with none left the draft is cleared.

    What was asked and is not needed any more, as another office's word sufficed,
    becomes void. The draft is `submitted`, and locked.
    """
    _settle_stale(actor, draft, now)
    lacking = missing(draft, current(), planned(draft, now), good_at=now)
    wanted = {office for each in lacking for office in each.offices}
    pending = draft.clearances.filter(state="pending")
    for clearance in pending.exclude(office__in=wanted):
        move(clearance, "void", actor)
    if not lacking:
        move(draft, "cleared", actor)
    asked = frozenset(pending.values_list("office", flat=True))
    first = _by_office([each for each in lacking if each.order == lacking[0].order])
    return [
        _ask(actor, draft, office, each, now)
        for office, each in first.items()
        if office not in asked
    ]


def planned(draft: Draft, now: datetime) -> datetime:
    """When the draft is to go out, as far as that is known."""
    return max(draft.planned_at or now, now)


def _settle_stale(actor: Actor, draft: Draft, now: datetime) -> None:
    """Make room for new clearances: of other words, or whose time is over."""
    other = ~Q(content_hash=draft.content_hash)
    for clearance in draft.clearances.filter(other, state__in=("pending", "granted")):
        move(clearance, "void", actor)
    for clearance in draft.clearances.filter(state="granted", expires_at__lte=now):
        move(clearance, "expired", actor)


def _by_office(asked: Sequence[Requirement]) -> dict[str, Requirement]:
    """One requirement for each office; where it is in several, the first."""
    found: dict[str, Requirement] = {}
    for each in asked:
        for office in each.offices:
            found.setdefault(office, each)
    return found


def _ask(
    actor: Actor, draft: Draft, office: str, needed: Requirement, now: datetime
) -> Clearance:
    hours = needed.due_hours
    clearance = Clearance.objects.create(
        draft=draft,
        office=office,
        called_by=list(needed.reasons),
        lifts_hold=lifts_hold(office, draft.revision.every_finding, current()),
        any_of=list(needed.offices) if len(needed.offices) > 1 else [],
        order=needed.order,
        due_at=now + timedelta(hours=hours) if hours else None,
        content_hash=draft.content_hash,
    )
    record(actor, "clearance.request", clearance, called_by=clearance.called_by)
    return clearance
