"""Take an account out of use for good; it stays on record."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account


def retire_account(actor: Actor, account: Account, reason: str) -> None:
    """Retire it; a request is refused in the same way.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: no reason is given.
        GraphError: it is retired already.
    """
    require(actor, "account.change", account)
    if not reason.strip():
        raise RegistryError("Say why, for those who look it up later.")
    decided = {"decided_by_id": actor.id, "decided_at": timezone.now()}
    with transaction.atomic():
        move(account, "retired", actor, reason=reason.strip())
        for version in account.versions.filter(state="proposed"):
            told = {**decided, "reason": reason.strip()}
            move(version, "returned", actor, set_fields=told)
        for task in account.tasks.filter(state="open"):
            closed = {"closed_by_id": actor.id, "closed_at": timezone.now()}
            move(task, "dropped", actor, set_fields=closed)
