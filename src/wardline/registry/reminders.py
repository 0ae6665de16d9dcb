"""Which letter about an account is due."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from wardline.registry import expiry
from wardline.registry.models import Account
from wardline.registry.notices import Notice
from wardline.registry.orphans import is_orphaned
from wardline.registry.steps.certify import EVERY, due

DAYS_BEFORE = (1, 7, 14)
ESCALATE_AFTER = timedelta(days=14)
"""How long an account may be due for review before the registrar is told."""
IN_USE = ("active", "due-for-review")


def certifiable(now: datetime) -> QuerySet[Account]:
    """Accounts in use whose certification ends within the first reminder's time."""
    certified = now - EVERY + timedelta(days=max(DAYS_BEFORE))
    return Account.objects.filter(state__in=IN_USE, certified_at__lte=certified)


def stage(ends: datetime, now: datetime) -> str:
    """The kind of the newest notice that is called for, or "".

    After a standstill only the newest is sent, never the ones before it as well.
    """
    if now >= ends + ESCALATE_AFTER:
        return "escalated"
    if now >= ends:
        return "due-for-review"
    near = (days for days in DAYS_BEFORE if now >= ends - timedelta(days=days))
    return next((f"certify-{days}" for days in near), "")


def still_holds(notice: Notice, now: datetime) -> bool:
    """Whether what a notice that was not sent yet says is so by now, and the newest."""
    account = notice.account
    if notice.kind == "orphaned":
        return is_orphaned(account)
    if notice.kind == "compromised":
        return account.state == "compromised"
    if notice.kind == "identity":
        return account.tasks.filter(kind="identity", state="open").exists()
    if notice.kind.startswith("token-"):
        ends = expiry.ending(now).filter(account=account, expires_at=notice.since)
        return ends.exists() and expiry.stage(notice.since, now) == notice.kind
    asked = account.state in IN_USE and due(account) == notice.since
    return asked and stage(notice.since, now) == notice.kind
