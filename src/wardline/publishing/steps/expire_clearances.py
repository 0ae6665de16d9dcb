"""Let clearances end when their time is over, before anything goes out on them."""

from datetime import datetime

from django.db import transaction

from wardline.audit.record import SYSTEM
from wardline.audit.states import StaleStateError, move
from wardline.institution import current
from wardline.publishing.gate import missing, named
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.settle import finish
from wardline.publishing.stages import ask_next, planned

OPEN = ("editing", "returned", "submitted", "cleared", "scheduled")
"""States of drafts whose clearances still matter; those of a post stay as history."""


def expire_clearances(now: datetime) -> int:
    """End those that are over at `now`; how many there were.

    What was to go out on one is held, and its draft goes back to its author, who
    submits it again. Where other offices are still to decide, the same office is
    asked once more.
    """
    over = Clearance.objects.filter(state="granted", expires_at__lte=now)
    done = 0
    for clearance in over.filter(draft__state__in=OPEN):
        try:
            with transaction.atomic():
                _expire(clearance, now)
            done += 1
        except StaleStateError:  # decided, sent or edited in this moment: next time
            continue
    return done


def _expire(clearance: Clearance, now: datetime) -> None:
    # Publications are locked before their draft: workers take them in this order.
    due = Publication.objects.select_for_update(of=("self",)).filter(
        draft=clearance.draft_id, state="due", in_doubt=False
    )
    waiting = list(due.exclude(action="withdraw"))
    draft = Draft.objects.select_for_update().get(pk=clearance.draft_id)
    move(clearance, "expired", SYSTEM)
    if draft.state == "submitted":
        ask_next(SYSTEM, draft, now)
        return
    if lacking := missing(draft, current(), planned(draft, now), good_at=now):
        offices = named(lacking, current())
        problem = f"The clearance by {offices} has expired. Submit the draft again."
        for row in waiting:
            move(row, "held", SYSTEM, set_fields={"problem": problem})
            finish(SYSTEM, row)
