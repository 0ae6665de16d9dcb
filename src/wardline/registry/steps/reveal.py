"""See one credential, once: the audit entry is committed before it is opened."""

from functools import partial

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from wardline.people.access import Actor, require
from wardline.registry import vault
from wardline.registry.errors import RegistryError
from wardline.registry.models import Checkout


@sensitive_variables()
def reveal(actor: Actor, checkout: Checkout, field: str) -> str:
    """The value, for this one time.

    Raises:
        DeniedError: the check-out is somebody else's, or they lost the right to it.
        RegistryError: the time is over, it was seen already, or it cannot be opened.
        RuntimeError: called inside a transaction, which could undo the entry.
    """
    require(actor, "account.reveal", checkout)
    (value,) = vault.use(
        actor,
        checkout.account,
        field,
        action="vault.reveal",
        purpose=f"check-out {checkout.pk}: {checkout.reason}",
        claim=partial(_claim, checkout, field),
    )
    return value


def _claim(checkout: Checkout, field: str) -> None:
    """Take the one look that there is, in the transaction of its audit entry."""
    now = timezone.now()
    row = Checkout.objects.select_for_update().get(pk=checkout.pk)
    if row.returned_at or row.until <= now:
        raise RegistryError("The time of this check-out is over. Check it out again.")
    if field in row.revealed:
        raise RegistryError(
            "You have seen this one. To see it again, check it out again."
        )
    row.revealed[field] = now.isoformat()
    row.save(update_fields=["revealed"])
    checkout.revealed = row.revealed
