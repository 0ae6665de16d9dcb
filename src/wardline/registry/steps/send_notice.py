"""Send the next letter about an account."""

from datetime import datetime, timedelta

import structlog
from django.core.mail import send_mail
from django.db.models import Q

from wardline.registry.letters import letter
from wardline.registry.notices import Notice
from wardline.registry.reminders import still_holds

log = structlog.get_logger()

AGAIN_AFTER = timedelta(hours=1)


def send_notice(now: datetime) -> bool:
    """Send one notice that waits; false if none does.

    Of several workers one sends it. What could not be sent is tried again an hour
    later, unless it no longer holds by then.
    """
    tried = Q(tried_at=None) | Q(tried_at__lte=now - AGAIN_AFTER)
    waiting = Notice.objects.filter(tried, sent_at=None)
    notice = waiting.select_related("account__unit").first()
    if notice is None:
        return False
    if not still_holds(notice, now):
        notice.delete()
    elif waiting.filter(pk=notice.pk).update(tried_at=now) and _sent(notice):
        Notice.objects.filter(pk=notice.pk).update(sent_at=now)
    return True


def _sent(notice: Notice) -> bool:
    mail = letter(notice)
    try:
        return bool(send_mail(mail.subject, mail.text, None, mail.to))
    except (OSError, ValueError) as error:  # no server, or an address it refuses
        log.warning("letter not sent", notice=notice.pk, reason=type(error).__name__)
        return False
