"""Remind offices of what waits for them."""

from datetime import datetime

import structlog
from django.core.mail import send_mail
from django.db.models import QuerySet

from wardline.institution import current
from wardline.publishing.models import Clearance
from wardline.publishing.reminding import is_called_for, letter

log = structlog.get_logger()

PATIENCE = 3
"""Letters that may fail in one round: each may take a dead server's ten seconds."""


def remind_offices(now: datetime) -> int:
    """Send the letters that are called for; how many were sent.

    Of several workers one sends each. What could not be sent is tried again in the
    next round, and hinders nothing else.
    """
    rows = Clearance.objects.filter(state="pending", due_at__isnull=False)
    rows = rows.filter(office__in=current().offices)
    sent = failed = 0
    for row in rows.select_related("draft__unit"):
        if failed < PATIENCE and is_called_for(row, now) and _take(row, now):
            if _sent(row, now):
                sent += 1
            else:
                failed += 1
                _same(row, now).update(reminded_at=row.reminded_at)
    return sent


def _take(row: Clearance, now: datetime) -> bool:
    return bool(_same(row, row.reminded_at).update(reminded_at=now))


def _same(row: Clearance, reminded_at: datetime | None) -> QuerySet[Clearance]:
    same = Clearance.objects.filter(pk=row.pk, state="pending")
    return same.filter(reminded_at=reminded_at)


def _sent(row: Clearance, now: datetime) -> bool:
    mail = letter(row, now)
    try:
        return bool(send_mail(mail.subject, mail.text, None, mail.to))
    except (OSError, ValueError) as error:  # no server, or an address it refuses
        log.warning("letter not sent", clearance=row.pk, why=type(error).__name__)
        return False
