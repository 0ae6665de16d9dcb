"""Confirm that all that is on record of an account is still right."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.steps.tasks import settle_tasks

EVERY = timedelta(days=180)
"""How long a certification lasts."""


def certify(actor: Actor, account: Account) -> None:
    """Start another 180 days; an account that was due for review is active again.

    Raises:
        DeniedError: the person is neither owner nor deputy nor registrar.
        RegistryError: the account is not in use, or has lost its owner.
    """
    require(actor, "account.certify", account)
    if account.state not in {"active", "due-for-review"}:
        msg = f"{account} is {account.state}: there is nothing to certify."
        raise RegistryError(msg)
    now = timezone.now()
    with transaction.atomic():
        if account.state == "due-for-review":
            move(account, "active", actor, set_fields={"certified_at": now})
        else:
            account.certified_at = now
            account.save(update_fields=["certified_at"])
        record(actor, "account.certify", account)
        settle_tasks(actor, account, "certify")


def due(account: Account) -> datetime | None:
    """When the account has to be certified next."""
    return account.certified_at and account.certified_at + EVERY
