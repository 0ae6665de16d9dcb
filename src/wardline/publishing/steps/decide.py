"""An office decides: grant the exact wording, or return it with a note."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline.audit.states import move
from wardline.institution import current
from wardline.people.access import Actor, require
from wardline.publishing.authorizations import objection
from wardline.publishing.errors import PublishingError
from wardline.publishing.gate import missing
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.settle import void_clearances


def grant(actor: Actor, clearance: Clearance, *, content: str, note: str = "") -> None:
    """Clear the wording whose hash is `content`; the last grant clears the draft.

    Raises:
        DeniedError: not this office, or a writer of this draft.
        PublishingError: the wording changed, or a hold would be lifted with no reason.
        StaleStateError: the clearance was decided or voided meanwhile.
    """
    require(actor, "clearance.decide", clearance)
    if content != clearance.content_hash:
        raise PublishingError(
            "The wording changed after you opened it. Read it again, then decide."
        )
    if clearance.lifts_hold and not note.strip():
        raise PublishingError(
            "Lifting this hold needs a reason on record, such as the signed "
            "authorization and where it is kept."
        )
    now = timezone.now()
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=clearance.draft_id)
        if clearance.lifts_hold and (reason := objection(draft, now)):
            raise PublishingError(reason)
        _decide(
            actor, clearance, "granted", note, days=settings.ENVIRONMENT.clearance_days
        )
        if not missing(draft, current(), now):
            move(draft, "cleared", actor)


def send_back(actor: Actor, clearance: Clearance, *, note: str) -> None:
    """Refuse the wording with a note for the author; other clearances become void.

    Raises:
        DeniedError: not this office, or a writer of this draft.
        PublishingError: there is no note that says what to change.
        StaleStateError: the clearance was decided or voided meanwhile.
    """
    require(actor, "clearance.decide", clearance)
    if not note.strip():
        raise PublishingError("Say what the author should change.")
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=clearance.draft_id)
        _decide(actor, clearance, "refused", note)
        void_clearances(actor, draft)
        move(draft, "returned", actor)


def _decide(
    actor: Actor, clearance: Clearance, state: str, note: str, days: int = 0
) -> None:
    now = timezone.now()
    move(
        clearance,
        state,
        actor,
        set_fields={
            "decided_at": now,
            "decided_by_id": actor.id,
            "note": note.strip(),
            "expires_at": now + timedelta(days=days) if days else None,
        },
        content=clearance.content_hash,
        lifts_hold=clearance.lifts_hold,
    )
