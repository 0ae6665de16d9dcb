"""For whom somebody decides who is not of the office."""

from django.utils import timezone

from wardline.people.access import Actor
from wardline.people.models import Delegation
from wardline.publishing.errors import PublishingError


def for_whom(actor: Actor, office: str) -> str:
    """In words, as in `for Ada Kowalski, who is away`; "" for one of the office.

    Raises:
        PublishingError: the time for which the person stands in is over.
    """
    if actor.has(office):
        return ""
    now = timezone.now()
    running = Delegation.objects.filter(
        office=office,
        stand_in=actor.id,
        starts_at__lte=now,
        ends_at__gt=now,
        person__is_active=True,
        person__groups__name=office,
    )
    away = running.order_by("person__name").values_list("person__name", flat=True)
    if not (names := " and ".join(dict.fromkeys(away))):
        raise PublishingError("You no longer stand in for this office.")
    return f"for {names}, who {'are' if ' and ' in names else 'is'} away"
