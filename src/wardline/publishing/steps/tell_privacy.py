"""Tell the Privacy Office, by letter, that patient data was published."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q

from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.institution import current
from wardline.publishing.follow import TELL
from wardline.publishing.models import FollowUp

log = structlog.get_logger()

TOPIC = "patient-privacy"
AGAIN_AFTER = timedelta(minutes=10)


def tell_privacy(now: datetime) -> bool:
    """Send one letter that waits; false if none does.

    Of several workers one sends it. One that could not be sent stays open, where
    people see it, and is tried again.
    """
    waiting = FollowUp.objects.filter(kind=TELL, state="open")
    row = waiting.filter(Q(due_at=None) | Q(due_at__lte=now)).first()
    if row is None:
        return False
    mine = waiting.filter(pk=row.pk, due_at=row.due_at)
    if mine.update(due_at=now + AGAIN_AFTER) and _sent(row):
        move(row, "done", SYSTEM, set_fields={"closed_at": now})
    return True


def _sent(row: FollowUp) -> bool:
    institution = current()
    office = institution.offices.get(institution.office_for(TOPIC) or "")
    if office is None:
        log.warning("no office is told of patient data", follow_up=row.pk)
        return False
    text = (
        f"A post of {row.draft.unit} was withdrawn because it held patient data. It is "
        "being taken down everywhere. From now on only you can read it:\n"
        f"{settings.SITE_URL}/drafts/{row.draft_id}\n\n"
        "This letter holds none of its words, on purpose. Answer it with none either."
    )
    try:
        return bool(send_mail("Patient data was published", text, None, [office.email]))
    except (OSError, ValueError) as error:  # no server, or an address it refuses
        log.warning("letter not sent", follow_up=row.pk, reason=type(error).__name__)
        return False
