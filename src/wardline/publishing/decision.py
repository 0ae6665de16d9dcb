"""An office's word on one clearance, whoever gives it and however."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor
from wardline.publishing.authorizations import objection
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.settle import void_clearances
from wardline.publishing.stages import ask_next


def give(
    actor: Actor, row: Clearance, *, content: str, note: str, decided_as: str = ""
) -> None:
    """Grant it in the caller's transaction, and ask the next offices.

    Raises:
        PublishingError: the wording changed, a hold would be lifted with no reason,
            or the patient's authorization does not allow the post.
        StaleStateError: it was decided or voided meanwhile.
    """
    draft = Draft.objects.select_for_update().get(pk=row.draft_id)
    now = timezone.now()
    same_wording(draft, row, content)
    if row.lifts_hold and not note.strip():
        raise PublishingError(
            "Lifting this hold needs a reason on record, such as the signed "
            "authorization and where it is kept."
        )
    if row.lifts_hold and (reason := objection(draft, now)):
        raise PublishingError(reason)
    good_until = now + timedelta(days=settings.ENVIRONMENT.clearance_days)
    _decide(actor, row, "granted", note, decided_as, expires_at=good_until)
    ask_next(actor, draft, now)


def refuse(actor: Actor, row: Clearance, *, note: str, decided_as: str = "") -> None:
    """Return the draft with a note, in the caller's transaction.

    Raises:
        PublishingError: there is no note that says what to change.
        StaleStateError: it was decided or voided meanwhile.
    """
    if not note.strip():
        raise PublishingError("Say what the author should change.")
    draft = Draft.objects.select_for_update().get(pk=row.draft_id)
    _decide(actor, row, "refused", note, decided_as)
    void_clearances(actor, draft)
    move(draft, "returned", actor)


def same_wording(draft: Draft, row: Clearance, content: str) -> None:
    """Do nothing if what was read, what was asked and what there is are the same.

    Raises:
        PublishingError: they are not.
    """
    if not content == row.content_hash == draft.content_hash:
        raise PublishingError(
            "The wording changed after you opened it. Read it again, then decide."
        )


def _decide(
    actor: Actor,
    row: Clearance,
    state: str,
    note: str,
    decided_as: str,
    **fields: object,
) -> None:
    word = {
        "decided_at": timezone.now(),
        "decided_by_id": actor.id or None,
        "decided_as": decided_as[:300],
        "note": note.strip(),
        **fields,
    }
    move(
        row,
        state,
        actor,
        set_fields=word,
        content=row.content_hash,
        lifts_hold=row.lifts_hold,
        decided_as=decided_as,
    )
