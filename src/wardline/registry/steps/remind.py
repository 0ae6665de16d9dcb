"""Note whom to remind of a certification or a sign-in that ends."""

from datetime import datetime

from django.db import transaction

from wardline.audit.record import SYSTEM, record
from wardline.registry import expiry
from wardline.registry.models import Account
from wardline.registry.notices import Notice
from wardline.registry.reminders import certifiable, stage
from wardline.registry.steps.certify import due


def remind(now: datetime) -> None:
    """Note each reminder that is called for and was not noted before."""
    for account in certifiable(now):
        if (ends := due(account)) and (kind := stage(ends, now)):
            _note(account, kind, ends)
    for secret in expiry.ending(now):
        if (ends := secret.expires_at) and (kind := expiry.stage(ends, now)):
            _note(secret.account, kind, ends)


def _note(account: Account, kind: str, since: datetime) -> None:
    with transaction.atomic():
        _, new = Notice.objects.get_or_create(account=account, kind=kind, since=since)
        if new:
            record(SYSTEM, "account.remind", account, kind=kind)
