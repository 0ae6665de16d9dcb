"""The deputy takes over from an owner who left."""

from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.orphans import is_orphaned
from wardline.registry.steps.tasks import settle_tasks


def step_in(actor: Actor, account: Account) -> None:
    """Make the deputy the owner; the registrar still has to name another deputy.

    Raises:
        DeniedError: the person is not the deputy.
        RegistryError: the owner is still there.
    """
    require(actor, "account.step-in", account)
    if not is_orphaned(account):
        msg = f"{account.owner} still owns {account}."
        raise RegistryError(msg)
    with transaction.atomic():
        account.owner_id, account.deputy = actor.id, None
        account.save(update_fields=["owner", "deputy"])
        record(actor, "account.step-in", account)
        settle_tasks(actor, account, "orphaned")
