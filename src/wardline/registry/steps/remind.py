"""Note whom to remind of a certification that ends."""

from datetime import datetime

from django.db import transaction

from wardline.audit.record import SYSTEM, record
from wardline.registry.notices import Notice
from wardline.registry.reminders import certifiable, stage
from wardline.registry.steps.certify import due


def remind(now: datetime) -> None:
    """Note each reminder that is called for and was not noted before."""
    for account in certifiable(now):
        if not ((ends := due(account)) and (kind := stage(ends, now))):
            continue
        with transaction.atomic():
            _, new = Notice.objects.get_or_create(
                account=account, kind=kind, since=ends
            )
            if new:
                record(SYSTEM, "account.remind", account, kind=kind)
