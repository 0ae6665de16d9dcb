"""Keep the tasks about accounts without an owner as things stand."""

from datetime import timedelta

from django.db import transaction

from wardline.audit.record import SYSTEM
from wardline.registry.models import Account, Task
from wardline.registry.notices import Notice
from wardline.registry.orphans import orphaned
from wardline.registry.steps.tasks import open_task, settle_tasks

MEND_WITHIN = timedelta(days=7)


def watch_owners() -> None:
    """Open a task and a notice for each orphan, and close the tasks of the others."""
    known = Task.objects.filter(kind="orphaned", state="open")
    for account in orphaned().exclude(pk__in=known.values("account")):
        _tell(account)
    for task in known.exclude(account__in=orphaned()).select_related("account"):
        settle_tasks(SYSTEM, task.account, "orphaned")


def _tell(account: Account) -> None:
    with transaction.atomic():
        task = open_task(
            SYSTEM,
            account,
            "orphaned",
            "The owner is gone: the deputy steps in, or the registrar names another.",
            within=MEND_WITHIN,
        )
        Notice.objects.get_or_create(
            account=account, kind="orphaned", since=task.opened_at
        )
