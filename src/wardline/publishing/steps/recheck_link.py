"""Look again at a link of a published post; what stays dead becomes a task."""

from datetime import datetime, timedelta

from django.db import transaction

from wardline.audit.record import SYSTEM, record
from wardline.channels.http import Http
from wardline.channels.original import Looked, look
from wardline.publishing.follow import follow_up, settled
from wardline.publishing.links import AGAIN, DEAD_LINK, EVERY, keep
from wardline.publishing.models import LinkCheck

WITHIN = timedelta(days=7)
ENOUGH = 2
"""So many failures in a row, a day apart."""


def recheck_link(row: LinkCheck, now: datetime, *, http: Http | None = None) -> None:
    """Look, and plan the next look; never inside a transaction.

    Dead twice opens a follow-up, which closes by itself when the page is back. What
    cannot be reached says nothing about the page, so nothing follows.
    """
    looked = look(row.url, http)
    with transaction.atomic():
        row = LinkCheck.objects.select_for_update().get(pk=row.pk)
        if row.due_at is None:  # a correction took it out meanwhile
            return
        before, failures = row.outcome, row.failures
        row = keep(row.draft, row.url, looked)
        row.failures = _failures(looked, failures)
        row.due_at = now + (AGAIN if looked.outcome == "dead" else EVERY)
        row.save(update_fields=["failures", "due_at"])
        if row.outcome != before:
            record(SYSTEM, "link.check", row.draft, outcomes=[row.outcome])
        _follow(row)


def _failures(looked: Looked, before: int) -> int:
    if looked.outcome == "works":
        return 0
    return before + (looked.outcome == "dead")


def _follow(row: LinkCheck) -> None:
    about = row.draft.follow_ups.filter(kind=DEAD_LINK, subject=row.url[:500])
    if row.outcome == "works":
        settled(SYSTEM, about)
    elif row.outcome == "dead" and row.failures >= ENOUGH:
        what = f"A link in this post is dead: {row.url[:300]} Correct the post."
        subject = row.url
        follow_up(SYSTEM, row.draft, DEAD_LINK, what, subject=subject, within=WITHIN)
