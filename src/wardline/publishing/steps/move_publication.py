"""Move what waits to be sent, or came too late, to another time."""

from datetime import datetime

from django.db import transaction

from wardline.audit.clock import database_now
from wardline.audit.record import record
from wardline.audit.states import StaleStateError
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, Publication
from wardline.publishing.requeue import requeue
from wardline.publishing.timing import require_time


def move_publication(
    actor: Actor, publication: Publication, *, at: datetime, zone: str = ""
) -> None:
    """Make it due at `at` (UTC) if it is still as it was read; "" keeps the zone.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: it is being sent or is settled, or may not go out then.
        StaleStateError: somebody moved it, or a worker took it, meanwhile.
    """
    require(actor, "publication.move", publication)
    row, zone = publication, zone or publication.zone
    before = row.due_at
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=row.draft_id)
        _check(row)
        require_time(draft, at, database_now())
        if row.state == "missed":
            requeue(actor, row, draft, at=at, zone=zone)
        else:
            _set_time(row, at, zone)
        _plan(draft, row)
        times = {"was": before.isoformat(), "at": at.isoformat(), "zone": zone}
        record(actor, "publication.move", row, **times)


def _check(row: Publication) -> None:
    if row.state == "sending" or (row.state == "due" and row.in_doubt):
        raise PublishingError("It is being sent at this moment: it moves no more.")
    if row.state not in {"due", "missed"}:
        msg = f"It is {row.get_state_display().lower()}: it moves no more."
        raise PublishingError(msg)
    if row.action == "withdraw":
        raise PublishingError("A withdrawal is not put off: it goes out at once.")


def _set_time(row: Publication, at: datetime, zone: str) -> None:
    new = {"due_at": at, "next_attempt_at": at, "zone": zone, "attempts": 0}
    as_read = {"due_at": row.due_at, "fence": row.fence, "in_doubt": False}
    same = Publication.objects.filter(pk=row.pk, state="due", **as_read)
    if not same.update(**new):
        raise StaleStateError(
            "It was moved or taken up by somebody else a moment ago. "
            "Reload the page and look again."
        )
    row.due_at, row.next_attempt_at, row.zone, row.attempts = at, at, zone, 0


def _plan(draft: Draft, row: Publication) -> None:
    """An edit voids the schedule, and falls back on this."""
    planned = {"planned_at": row.due_at, "planned_zone": row.zone}
    Draft.objects.filter(pk=draft.pk).update(**planned)
