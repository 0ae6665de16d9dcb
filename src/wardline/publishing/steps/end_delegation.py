"""End a delegation before its time: who was away is back."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Delegation
from wardline.publishing.errors import PublishingError


def end_delegation(actor: Actor, delegation: Delegation) -> None:
    """End it now; one that has not begun never begins.

    Raises:
        DeniedError: the actor is neither of the office nor administrator.
        PublishingError: it is over already.
    """
    require(actor, "office.delegate", delegation.office)
    now = timezone.now()
    with transaction.atomic():
        running = Delegation.objects.filter(pk=delegation.pk, ends_at__gt=now)
        if not running.update(ends_at=now):
            raise PublishingError("This delegation is over already.")
        record(actor, "office.end-delegation", delegation)
    delegation.ends_at = now
