"""What is out, in the queue or planned around a time: the calendar as data."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from wardline.publishing.models import Draft, Publication
from wardline.publishing.states import PLANNABLE

COMPARED = 2_000
"""Characters of a text by which it is told from others."""
STANDS = frozenset({"due", "sending", "by-hand", "unconfirmed", "published", "held"})
"""Publications that take their hour."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One post at one account at a time (UTC); `words` are folded for comparison."""

    draft_id: int
    unit_id: int
    account_id: int
    at: datetime
    words: str


def slots_between(start: datetime, end: datetime, units: Collection[int]) -> list[Slot]:
    """Every post of these units from `start` to `end`; corrections and replies not."""
    mine = Q(draft__unit__in=units, draft__corrects=None, draft__answers="")
    rows = Publication.objects.filter(
        mine, action="publish", state__in=STANDS, due_at__gte=start, due_at__lt=end
    ).select_related("draft", "revision")
    taken = [
        Slot(
            row.draft_id,
            row.draft.unit_id,
            row.account_id,
            row.due_at,
            folded(row.revision.title, row.revision.text_for(row.account_id)),
        )
        for row in rows
    ]
    drafts = planned(start, end).filter(unit__in=units, corrects=None, answers="")
    for draft in drafts.prefetch_related("accounts"):
        taken += slots_of(draft, draft.planned_at or start)
    return taken


def planned(start: datetime, end: datetime) -> QuerySet[Draft]:
    """Drafts that are only planned, for a time from `start` to `end`."""
    queued = Publication.objects.exclude(state="cancelled").values("draft")
    return Draft.objects.filter(
        state__in=PLANNABLE, planned_at__gte=start, planned_at__lt=end
    ).exclude(pk__in=queued)


def slots_of(draft: Draft, at: datetime) -> Iterator[Slot]:
    """What a draft takes at `at`: one slot at each of its accounts."""
    for account in draft.accounts.all():
        text = draft.variants.get(str(account.pk), draft.text)
        words = folded(draft.title, text)
        yield Slot(draft.pk, draft.unit_id, account.pk, at, words)


def folded(*words: str) -> str:
    """Words without case, width and spacing, and no more of them than `COMPARED`."""
    plain = unicodedata.normalize("NFKC", " ".join(words)[: 2 * COMPARED])
    return " ".join(plain.casefold().split())[:COMPARED]
