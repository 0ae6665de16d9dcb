"""Say that what was to be done about a post is done, or not needed."""

from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.follow import closing
from wardline.publishing.models import FollowUp


def close_follow_up(actor: Actor, row: FollowUp, *, done: bool = True) -> None:
    """Close it as done, or drop it.

    Raises:
        DeniedError: no author of the unit, nor Public Affairs, nor the Privacy Office;
            of patient data, not the Privacy Office.
        GraphError: it is closed already.
        StaleStateError: it was closed meanwhile.
    """
    require(actor, closing(row.kind), row.draft)
    closed = {"closed_by_id": actor.id or None, "closed_at": timezone.now()}
    move(row, "done" if done else "dropped", actor, set_fields=closed)
