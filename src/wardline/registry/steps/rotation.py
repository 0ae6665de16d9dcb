"""Ask for new credentials where they are due, and settle it when they came."""

from datetime import timedelta

from django.db import transaction

from wardline.audit.record import SYSTEM
from wardline.people.access import Actor
from wardline.people.models import Person
from wardline.registry.models import Account
from wardline.registry.rotation import due_fields
from wardline.registry.steps.tasks import open_task, settle_tasks

WITHIN = timedelta(days=7)
NAMES = {
    "username": "user name",
    "secret": "application password",
    "password": "password",
    "recovery-codes": "recovery codes",
    "mfa-seed": "seed of the second factor",
}
"""What people call the fields."""


def ask_for_rotation(account: Account) -> None:
    """Open a task to change what is due, unless one is open."""
    if due := due_fields(account):
        reason = next(iter(due.values()))
        names = " and ".join(NAMES[each] for each in due)
        what = f"Change the {names} at the channel and store it here: {reason}."
        open_task(SYSTEM, account, "rotate", what[:300], within=WITHIN)


def ask_after_leaving(person: Person) -> None:
    """The same for every account whose credentials this person has checked out."""
    for account in Account.objects.filter(checkouts__person=person).distinct():
        ask_for_rotation(account)


def settle_rotation(actor: Actor, account: Account) -> None:
    """Close the task once nothing is due any more."""
    with transaction.atomic():
        if not due_fields(account):
            settle_tasks(actor, account, "rotate")
