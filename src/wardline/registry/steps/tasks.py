"""Open and close what a person has to do about an account."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Task
from wardline.registry.rotation import due_fields

SETTLED = frozenset({"certify", "identity", "orphaned"})
"""Kinds that close when the thing itself is done: the public is told by them."""


def open_task(  # noqa: PLR0913  (what a task has)
    actor: Actor,
    account: Account,
    kind: str,
    what: str,
    *,
    paste: str = "",
    within: timedelta | None = None,
) -> Task:
    """Open a task unless one of its kind is open for the account.

    One that is open becomes this one if this one is due sooner.
    """
    due = timezone.now() + within if within else None
    with transaction.atomic():
        task, new = Task.objects.get_or_create(
            account=account,
            kind=kind,
            state="open",
            defaults={"what": what, "paste": paste, "due_at": due},
        )
        if new:
            record(actor, "task.open", account, kind=kind)
        elif due and task.due_at and due < task.due_at:
            task.what, task.paste, task.due_at = what, paste, due
            task.save(update_fields=["what", "paste", "due_at"])
            record(actor, "task.hasten", account, kind=kind)
    return task


def close_task(actor: Actor, task: Task, *, done: bool = True) -> None:
    """Close it as done, or drop it.

    Raises:
        DeniedError: the person is neither of the account's unit nor a registrar.
        RegistryError: it asks for new credentials, and the stored ones are the old; or
            it is `SETTLED` by doing the thing itself.
        StaleStateError: it was closed in the meantime.
    """
    require(actor, "account.close-task", task.account)
    if task.kind in SETTLED:
        raise RegistryError(
            "This task closes by itself once it is done: confirm or correct the "
            "record, or have the profile looked at again."
        )
    if task.kind == "rotate" and due_fields(task.account):
        raise RegistryError(
            "Store the new ones in the account's custody: this task then closes."
        )
    closed = {"closed_by_id": actor.id or None, "closed_at": timezone.now()}
    move(task, "done" if done else "dropped", actor, set_fields=closed)


def settle_tasks(actor: Actor, account: Account, kind: str) -> None:
    """Close what the system itself sees to be done."""
    for task in account.tasks.filter(kind=kind, state="open"):
        closed = {"closed_by_id": actor.id or None, "closed_at": timezone.now()}
        move(task, "done", actor, set_fields=closed)
