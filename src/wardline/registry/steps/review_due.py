"""When 180 days are over, an account is due for review, with a task to certify it."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from wardline.audit.record import SYSTEM
from wardline.audit.states import StaleStateError, move
from wardline.registry.models import Account
from wardline.registry.reminders import ESCALATE_AFTER
from wardline.registry.steps.certify import EVERY
from wardline.registry.steps.tasks import open_task


def review_due(now: datetime) -> None:
    """Move every account whose certification has ended by `now`.

    One that is certified or moved by somebody else at that moment is left alone.
    """
    for account in Account.objects.filter(
        state="active", certified_at__lte=now - EVERY
    ):
        with suppress(StaleStateError), transaction.atomic():
            as_read = {"certified_at": account.certified_at}
            move(account, "due-for-review", SYSTEM, only_if=as_read)
            open_task(
                SYSTEM,
                account,
                "certify",
                "Read what is on record and confirm that it is still right.",
                within=ESCALATE_AFTER,
            )
