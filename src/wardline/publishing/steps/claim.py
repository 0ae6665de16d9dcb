"""A worker takes the next due publication, or finds why it must not be sent."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from wardline import channels
from wardline.audit.clock import database_now
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.publishing.hindrance import hindrance
from wardline.publishing.lease import Claim
from wardline.publishing.models import Publication
from wardline.publishing.settle import finish

BROKE_OFF = (
    "Sending it broke off every time, after it may have been posted. Look there, and "
    "show the operator what the worker's log says."
)


def claim() -> Claim | None:
    """Take one publication that is due, or whose worker's lease ran out.

    What cannot be sent is settled here, with the reason: too late, not cleared,
    account out of use, or for a person to post by hand.
    """
    with transaction.atomic():
        now = database_now()
        row = _next(now)
        while row and (stop := _stop(row, now)):
            state, problem = stop
            _settle(row, state, problem)
            row = _next(now)
        return _take(row, now) if row else None


def _next(now: datetime) -> Publication | None:
    due = Q(state="due", next_attempt_at__lte=now)
    abandoned = Q(state="sending", lease_until__lt=now)
    rows = Publication.objects.filter(due | abandoned).order_by("next_attempt_at", "pk")
    skip = connection.features.has_select_for_update_skip_locked
    # The draft too: whoever edits it locks it first and its publications then.
    both = rows.select_related("draft").select_for_update(
        skip_locked=skip, of=("self", "draft")
    )
    return both.first()


def _stop(row: Publication, now: datetime) -> tuple[str, str] | None:
    """The state and the reason if this publication must not be sent now.

    One that may be out already is not stopped here: delivery asks the channel first.
    What broke off so often that the fault must lie in it waits for a person.
    """
    most = settings.ENVIRONMENT.send_attempts
    if row.state == "sending" and row.attempts >= most:
        return "unconfirmed", BROKE_OFF
    if row.in_doubt or row.state == "sending":
        return None
    by_hand = channels.get(row.account.channel).capabilities.by_hand
    if row.action != "withdraw" and (stop := hindrance(row, now)):
        return stop
    return ("by-hand", "") if by_hand else None


def _settle(row: Publication, state: str, problem: str) -> None:
    move(
        row,
        state,
        SYSTEM,
        set_fields={
            "problem": problem[:500],
            "in_doubt": row.in_doubt or state == "unconfirmed",
        },
        reason=problem,
    )
    finish(SYSTEM, row)


def _take(row: Publication, now: datetime) -> Claim:
    lease = timedelta(seconds=settings.ENVIRONMENT.lease_seconds)
    fence = row.fence + 1
    move(
        row,
        "sending",
        SYSTEM,
        set_fields={
            "fence": fence,
            "lease_until": now + lease,
            "attempts": F("attempts") + 1,
            "in_doubt": row.in_doubt or row.state == "sending",
        },
        only_if={"fence": row.fence},
        key=row.key,
        fence=fence,
    )
    return Claim(row.pk, fence)
