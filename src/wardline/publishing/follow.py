"""Open what a person has to do about a post, in the caller's transaction."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.people.access import Actor
from wardline.publishing.models import Draft, FollowUp

TO_CORRECT = "correct"
"""The unit is to start a correction."""
TELL, LOOK = "tell-privacy", "patient-data"
"""Patient data was out: the letter to the Privacy Office, and that office's own part."""
OF_PRIVACY = frozenset({TELL, LOOK})


def closing(kind: str) -> str:
    """The verb that somebody needs who closes one of this kind."""
    return "patient-data.close" if kind in OF_PRIVACY else "follow-up.close"


def follow_up(  # noqa: PLR0913  (what a follow-up has)
    actor: Actor,
    draft: Draft,
    kind: str,
    what: str,
    *,
    subject: str = "",
    within: timedelta | None = None,
) -> FollowUp:
    """Open one, unless one of its kind about the same subject is open."""
    row, new = FollowUp.objects.get_or_create(
        draft=draft,
        kind=kind,
        subject=subject[:500],
        state="open",
        defaults={"what": what, "due_at": timezone.now() + within if within else None},
    )
    if new:
        record(actor, "follow-up.open", draft, kind=kind, follow_up=row.pk)
    return row


def taken_down(actor: Actor, draft: Draft) -> None:
    """Close what asked to take a post down: nothing of it is out any more."""
    settled(actor, draft.follow_ups.filter(kind="take-down"))


def settled(actor: Actor, rows: QuerySet[FollowUp]) -> None:
    """Close as done those of `rows` that are open: what they asked for is so."""
    for row in rows.filter(state="open"):
        closed = {"closed_by_id": actor.id or None, "closed_at": timezone.now()}
        move(row, "done", actor, set_fields=closed)
