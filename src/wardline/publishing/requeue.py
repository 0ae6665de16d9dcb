"""Put a publication that stood still back in the queue, in the caller's transaction."""

from datetime import datetime

from wardline.audit.states import move
from wardline.people.access import Actor
from wardline.publishing.corrections import begun
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, Publication


def requeue(
    actor: Actor, row: Publication, draft: Draft, *, at: datetime, zone: str
) -> None:
    """Make a held or missed publication due at `at`; its draft is scheduled again.

    Raises:
        PublishingError: the draft was changed, given up, corrected or withdrawn.
        StaleStateError: somebody else settled it meanwhile.
    """
    _check(row, draft)
    if draft.state == "cleared":
        move(draft, "scheduled", actor)
    move(
        row,
        "due",
        actor,
        set_fields={
            "due_at": at,
            "next_attempt_at": at,
            "zone": zone,
            "attempts": 0,
            "problem": "",
        },
        at=at.isoformat(),
        zone=zone,
    )


def _check(row: Publication, draft: Draft) -> None:
    if draft.content_hash != row.revision.content_hash:
        raise PublishingError(
            "The draft was edited since. Call this one off and schedule the new words."
        )
    if begun(draft):
        raise PublishingError(
            "This post is being corrected elsewhere: its first words go out no more. "
            "Call this one off."
        )
    if draft.state not in {"cleared", "scheduled", "published"}:
        msg = f"The draft is {draft.state}: this can only be called off."
        raise PublishingError(msg)
