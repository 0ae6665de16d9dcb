"""Get leave to see an account's credentials, for a while and a reason."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Checkout

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=8)


def check_out(
    actor: Actor, account: Account, *, reason: str, within: timedelta
) -> Checkout:
    """Note who wants to see them and why; nothing is opened yet.

    Raises:
        DeniedError: the person is neither owner, deputy nor author of the account's
            unit, nor a registrar.
        RegistryError: no reason is given, or the time is not 15 minutes to 8 hours.
    """
    require(actor, "account.check-out", account)
    if not reason.strip():
        raise RegistryError("Say what you need it for.")
    if not SHORTEST <= within <= LONGEST:
        raise RegistryError("Take it for 15 minutes at least and 8 hours at most.")
    now = timezone.now()
    with transaction.atomic():
        checkout = Checkout.objects.create(
            account=account,
            person_id=actor.id,
            reason=reason.strip(),
            made_at=now,
            until=now + within,
        )
        record(
            actor,
            "checkout.make",
            account,
            checkout=checkout.pk,
            until=checkout.until.isoformat(),
        )
    return checkout
