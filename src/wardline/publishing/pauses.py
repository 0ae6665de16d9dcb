"""Which pauses last, whom they concern, and what they hold."""

from django.db.models import Q, QuerySet

from wardline.people.access import Actor
from wardline.people.roles import Role
from wardline.publishing.models import Pause, Publication


def lasting() -> QuerySet[Pause]:
    """Pauses that were not ended."""
    return Pause.objects.filter(ended_at=None).select_related("unit", "started_by")


def pause_over(row: Publication) -> Pause | None:
    """The pause that holds a publication now, if one does.

    A correction that was released while the pause lasted goes out: what is wrong in
    public does harm in a crisis, and a person gave their reason.
    """
    pauses = lasting().filter(Q(unit=None) | Q(unit=row.draft.unit_id))
    if row.action == Publication.Action.CORRECT and row.released_at:
        pauses = pauses.filter(started_at__gt=row.released_at)
    return pauses.first()


def concerning(actor: Actor) -> QuerySet[Pause]:
    """The pauses that last and that this person has to know of."""
    return _told(actor, lasting())


def over(actor: Actor) -> QuerySet[Pause]:
    """The pauses that were ended, of those that this person had to know of."""
    return _told(actor, Pause.objects.exclude(ended_at=None).select_related("unit"))


def waiting(pause: Pause) -> QuerySet[Publication]:
    """What a pause holds when it falls due: all that waits but withdrawals."""
    rows = Publication.objects.filter(state="due", in_doubt=False)
    rows = rows.exclude(action=Publication.Action.WITHDRAW)
    return rows.filter(draft__unit=pause.unit_id) if pause.unit_id else rows


def _told(actor: Actor, rows: QuerySet[Pause]) -> QuerySet[Pause]:
    if actor.has(Role.PUBLIC_AFFAIRS, Role.PRIVACY, Role.AUDITOR):
        return rows
    if not actor.units:
        return rows.none()
    return rows.filter(Q(unit=None) | Q(unit__in=actor.units))
