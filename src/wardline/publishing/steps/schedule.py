"""Set when a cleared draft is published, or that it is published now."""

import secrets
from datetime import datetime

from django.db import transaction

from wardline.audit.clock import database_now
from wardline.audit.record import record
from wardline.audit.states import move
from wardline.channels import readable_key
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, Publication
from wardline.publishing.settle import call_off
from wardline.publishing.timing import require_time


def schedule(
    actor: Actor, draft: Draft, *, at: datetime | None, zone: str
) -> list[Publication]:
    """Put one publication per account in the queue, due at `at` (UTC) or now.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: not cleared, in the past, or outside the cleared window.
    """
    require(actor, "draft.schedule", draft)
    now = database_now()
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        require_time(draft, at, now)
        _call_off_stopped(actor, draft)
        plan = {"planned_at": at, "planned_zone": zone if at else ""}
        move(draft, "scheduled", actor, set_fields=plan)
        rows = [
            _publication(draft, account.pk, at or now, zone)
            for account in draft.accounts.all()
        ]
        for row in rows:
            record(actor, "publication.due", row, at=row.due_at.isoformat(), zone=zone)
    return rows


def unschedule(actor: Actor, draft: Draft) -> None:
    """Take a scheduled draft back; it stays cleared.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: it is not scheduled, or is being sent already.
        StaleStateError: it changed meanwhile.
    """
    require(actor, "draft.schedule", draft)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.state != "scheduled":
            message = f"This draft is {draft.state}, not scheduled."
            raise PublishingError(message)
        call_off(actor, draft, keep_clearances=True)
        move(draft, "cleared", actor)


def _call_off_stopped(actor: Actor, draft: Draft) -> None:
    """What was held or missed is sent by the new schedule, and not a second time."""
    for row in draft.publications.filter(state__in=("held", "missed")):
        move(row, "cancelled", actor)


def _publication(draft: Draft, account_id: int, at: datetime, zone: str) -> Publication:
    """A correction acts on the remote post of the publication it corrects."""
    earlier = None
    if draft.corrects_id:
        earlier = (
            Publication.objects.filter(
                draft=draft.corrects_id, account=account_id, state="published"
            )
            .exclude(action="withdraw")
            .first()
        )
    return Publication.objects.create(
        draft=draft,
        account_id=account_id,
        revision=draft.revision,
        action=draft.action,
        key=readable_key(draft.title, secrets.token_hex(5)),
        due_at=at,
        next_attempt_at=at,
        zone=zone,
        remote_id=earlier.remote_id if earlier else "",
        remote_url=earlier.remote_url if earlier else "",
    )
