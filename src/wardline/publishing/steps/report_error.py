"""Somebody, unnamed if they like, says that a published post is wrong."""

from dataclasses import dataclass, field

from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, ErrorReport
from wardline.registry.models import Account

READER = Actor(id=0, name="A reader")
LONGEST = 2000
MOST_OF_A_POST, MOST_WAITING = 20, 500
"""Reports that may wait; more would be somebody's machine."""
OUT = ("published", "corrected")


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong, in the reader's words, and an e-mail address if they gave one."""

    text: str = field(repr=False)
    contact: str = field(default="", repr=False)


def report_error(
    actor: Actor, post: Draft, report: Report, account: Account | None = None
) -> ErrorReport:
    """Keep a report for the unit; anybody may report, without an account.

    `account` is where they read it, if known.

    Raises:
        PublishingError: the post is not out, nothing is said, or too many wait.
    """
    text = report.text.strip()
    if post.corrects_id or post.state not in OUT:
        raise PublishingError("This post is not published any more.")
    if not text:
        raise PublishingError("Say what is wrong.")
    if len(text) > LONGEST:
        msg = f"This is too long: say it in {LONGEST} characters."
        raise PublishingError(msg)
    waiting = ErrorReport.objects.filter(state="received")
    if waiting.filter(post=post).count() >= MOST_OF_A_POST:
        raise PublishingError("Many readers told us of this post: we are at it.")
    if waiting.count() >= MOST_WAITING:
        raise PublishingError("Too many reports wait already. Please write to us.")
    with transaction.atomic():
        made = ErrorReport.objects.create(
            post=post, account=account, text=text, contact=report.contact
        )
        record(actor, "error-report.received", made, post=post.pk)
    return made
