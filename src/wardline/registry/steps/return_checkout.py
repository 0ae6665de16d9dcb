"""Hand credentials back before the time is over."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.registry.models import Checkout


def return_checkout(actor: Actor, checkout: Checkout) -> None:
    """End the check-out; doing so twice changes nothing.

    Raises:
        DeniedError: it is somebody else's, and the person is not a registrar.
    """
    require(actor, "account.return-checkout", checkout)
    with transaction.atomic():
        now = timezone.now()
        open_one = Checkout.objects.filter(pk=checkout.pk, returned_at=None)
        if open_one.update(returned_at=now):
            checkout.returned_at = now
            record(actor, "checkout.return", checkout.account, checkout=checkout.pk)
