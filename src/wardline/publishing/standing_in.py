"""For whom somebody decides who is not of the office."""

from django.db.models import QuerySet
from django.utils import timezone

from wardline.people.access import Actor
from wardline.people.models import Delegation
from wardline.publishing.errors import PublishingError


def running(actor: Actor, office: str) -> QuerySet[Delegation]:
    """Those by which the person decides for the office now, by who is away."""
    now = timezone.now()
    rows = Delegation.objects.filter(
        office=office,
        stand_in=actor.id,
        starts_at__lte=now,
        ends_at__gt=now,
        person__is_active=True,
        person__groups__name=office,
    )
    return rows.select_related("person").order_by("person__name", "-ends_at")


def for_whom(actor: Actor, office: str) -> str:
    """In words, as in `for Ada Kowalski, who is away`; "" for one of the office.

    Raises:
        PublishingError: the time for which the person stands in is over.
    """
    if actor.has(office):
        return ""
    away = [row.person.name for row in running(actor, office)]
    if not (names := " and ".join(dict.fromkeys(away))):
        raise PublishingError("You no longer stand in for this office.")
    return f"for {names}, who {'are' if ' and ' in names else 'is'} away"
