"""`/queue/<office>`: what an office has to decide, what is late, and many at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardline.audit.states import StaleStateError
from wardline.people.access import Actor, DeniedError, can, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Clearance
from wardline.publishing.steps.decide import grant
from wardline.web.clearance_page import decided, revision_of
from wardline.web.delegations import standing_in
from wardline.web.drafts import PAGE
from wardline.web.queue_filter import QueueFilter, overdue
from wardline.web.request import Request, signed_in
from wardline.web.screened import picture_url, reasons_in_words
from wardline.web.templatetags.wardline import title_for
from wardline.web.wordings import Part, parts

_MARK = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
REFUSALS = (PublishingError, StaleStateError, DeniedError)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue with its whole wording, if the reader may read it."""

    row: Clearance
    reasons: tuple[str, ...]
    parts: Sequence[Part]
    late: bool
    alone: str
    """Why it cannot be granted together with others, or ""."""

    @property
    def mark(self) -> str:
        """Which wording was shown: what the form sends back."""
        return f"{self.row.pk}:{self.row.content_hash}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What may be granted together, and what was left out, each with the reason."""

    fit: list[Waiting]
    left: list[str]


@signed_in
def show(request: Request, office: str) -> HttpResponse:
    """What the office has to decide, what is due first on top."""
    actor = request.user.actor
    require(actor, "office.queue", office)
    rows = pending(office)
    form = QueueFilter(request.GET, rows)
    found = form.of(rows, actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    waiting = [_waiting(actor, row) for row in page]
    context = {
        "office": office,
        "whose": standing_in(actor, office),
        "form": form,
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "late": overdue(found).count(),
        "rows": waiting,
        "together": any(not one.alone for one in waiting),
    }
    return render(request, "clearances/queue.html", context)


@signed_in
@require_POST
def grant_many(request: Request, office: str) -> HttpResponse:
    """Show what was ticked once more, in full; then grant exactly that."""
    actor = request.user.actor
    require(actor, "office.queue", office)
    chosen = _chosen(actor, office, request.POST.getlist("clearance"))
    if chosen.fit and "confirmed" not in request.POST:
        page = {"office": office, "chosen": chosen}
        return render(request, "clearances/grant_many.html", page)
    done = [row for row in chosen.fit if not _refused(actor, row, chosen.left)]
    if done:
        messages.success(request, f"{len(done)} granted.")
    elif not chosen.left:
        messages.warning(request, "Tick what you want to grant first.")
    for reason in chosen.left:
        messages.warning(request, reason)
    return redirect("queue", office)


def pending(office: str) -> QuerySet[Clearance]:
    """The office's open clearances, by when they are due, then by age."""
    rows = Clearance.objects.filter(office=office, state="pending")
    by_due = rows.order_by(F("due_at").asc(nulls_last=True), "requested_at", "pk")
    return by_due.select_related("draft__unit", "draft__author")


def _waiting(actor: Actor, row: Clearance) -> Waiting:
    readable = can(actor, "draft.read", row.draft)
    return Waiting(
        row=row,
        reasons=reasons_in_words(row.called_by),
        parts=parts(revision_of(row), lambda sha256: picture_url(row.draft_id, sha256))
        if readable
        else [],
        late=row.due_at is not None and row.due_at <= timezone.now(),
        alone=_alone(actor, row),
    )


def _alone(actor: Actor, row: Clearance) -> str:
    if row.lifts_hold:
        return "It lifts a hold, which needs a reason: decide it on its own page."
    return can(actor, "clearance.decide", row).reason


def _chosen(actor: Actor, office: str, marks: Sequence[str]) -> Chosen:
    """Sort what was ticked; `marks` are "<pk>:<hash of what was shown>"."""
    shown = {int(one[1]): one[2] for one in map(_MARK.fullmatch, marks) if one}
    rows = Clearance.objects.filter(office=office, pk__in=shown).select_related(
        "draft__unit", "draft__author", "decided_by"
    )
    chosen = Chosen([], [])
    for row in rows:
        one = _waiting(actor, row)
        if reason := _meanwhile(row, shown[row.pk]) or one.alone:
            chosen.left.append(_left_out(actor, row, reason))
        else:
            chosen.fit.append(one)
    return chosen


def _meanwhile(row: Clearance, shown: str) -> str:
    """What happened since the row was shown, or ""."""
    if row.state != "pending":
        return decided(row)
    if not shown == row.content_hash == row.draft.content_hash:
        return "It was changed after you saw it. Read it again, then decide."
    return ""


def _refused(actor: Actor, one: Waiting, left: list[str]) -> bool:
    try:
        grant(actor, one.row, content=one.row.content_hash)
    except REFUSALS as error:
        left.append(_left_out(actor, one.row, str(error)))
        return True
    return False


def _left_out(actor: Actor, row: Clearance, reason: str) -> str:
    return f"Left out: “{title_for(actor, row.draft)}”. {reason}"
