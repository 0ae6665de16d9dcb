"""After review, put what was held back in the queue, or call it off."""

from datetime import datetime

from django.db import transaction

from wardline.audit.clock import database_now
from wardline.audit.record import record
from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.hindrance import hindrance, too_late
from wardline.publishing.models import Draft, Publication
from wardline.publishing.requeue import requeue
from wardline.publishing.settle import finish
from wardline.publishing.timing import require_time


def release(
    actor: Actor,
    publication: Publication,
    *,
    at: datetime | None = None,
    zone: str = "",
    reason: str = "",
) -> None:
    """Let it go out at `at` (UTC), or at its own time, or now if that is just over.

    While a pause lasts nothing is released but a correction, and that with a reason.

    Raises:
        DeniedError: the person is not of Public Affairs.
        PublishingError: it is not held, something still stands against it, or it is
            too old and no new time was given.
        StaleStateError: somebody else settled it meanwhile.
    """
    require(actor, "publication.release", publication)
    row, now = publication, database_now()
    if row.state != "held":
        msg = f"It is {row.get_state_display().lower()}, not held."
        raise PublishingError(msg)
    if at is None and too_late(row, now):
        raise PublishingError("Its time is long over. Give it another one.")
    when = at or max(row.due_at, now)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=row.draft_id)
        if reason.strip():
            row.released_at = now
        _refuse(row, draft, when, now)
        requeue(actor, row, draft, at=when, zone=zone or row.zone)
        Publication.objects.filter(pk=row.pk).update(released_at=now)
        record(
            actor,
            "publication.release",
            row,
            at=when.isoformat(),
            reason=reason.strip(),
        )


def drop(actor: Actor, publication: Publication) -> None:
    """Call off what was held; its draft stays.

    Raises:
        DeniedError: the person is not of Public Affairs.
        PublishingError: it is not held.
        StaleStateError: somebody else settled it meanwhile.
    """
    require(actor, "publication.release", publication)
    if publication.state != "held":
        raise PublishingError("It is no longer held: reload the page.")
    with transaction.atomic():
        move(publication, "cancelled", actor)
        finish(actor, publication)


def _refuse(row: Publication, draft: Draft, when: datetime, now: datetime) -> None:
    """Whatever would hold it again, once it is due at `when`."""
    require_time(draft, when if when > now else None, now)
    was, row.due_at = row.due_at, when
    stop = hindrance(row, when)
    row.due_at = was
    if stop:
        raise PublishingError(stop[1])
