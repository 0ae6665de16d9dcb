"""Let authorizations end when their time is over, and say so two weeks before."""

from datetime import datetime, timedelta

from django.db import transaction

from wardline.audit.record import SYSTEM
from wardline.publishing.authorizations import end, live
from wardline.publishing.follow import follow_up
from wardline.publishing.models import Authorization, Draft
from wardline.publishing.times import hospital_time

BEFORE = timedelta(days=14)
KIND = "authorization"


def expire_authorizations(now: datetime) -> None:
    """End those that are over at `now`; remind units of live posts of the next ones."""
    rows = Authorization.objects.filter(state="valid")
    for row in rows.filter(expires_at__lte=now):
        with transaction.atomic():
            end(SYSTEM, row, "expired", why="Its time is over.")
    for row in rows.filter(expires_at__lte=now + BEFORE):
        for post in live(row):
            _remind(row, post, row.expires_at or now, now)


def _remind(row: Authorization, post: Draft, ends: datetime, now: datetime) -> None:
    """Once for each post, even when somebody closed it."""
    if post.follow_ups.filter(kind=KIND, subject=str(row)).exists():
        return
    what = (
        f"{row} ends on {hospital_time(ends):%d %B %Y}. Have a new one signed and "
        "attach it in a correction, or withdraw the post by then."
    )
    with transaction.atomic():
        follow_up(SYSTEM, post, KIND, what, subject=str(row), within=ends - now)
