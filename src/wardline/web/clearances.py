"""An office's queue, and the page on which it decides one clearance."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.channels.redline import Segment, redline
from wardline.channels.rendering import html_of
from wardline.people.access import Actor, Decision, can, require
from wardline.publishing.models import Clearance, Revision
from wardline.publishing.steps.decide import grant, send_back
from wardline.web.draft_page import corrected, wording
from wardline.web.drafts import PAGE
from wardline.web.forms import Form
from wardline.web.headings import lowered
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in
from wardline.web.screened import Screened, reasons_in_words, screened_revision


class DecisionForm(Form):
    """What the office says; `content` is the hash of the wording it read."""

    conditional = frozenset({"note"})
    content = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Note",
        required=False,
        help_text="Say what to change if you send it back. Kept, never published.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue."""

    row: Clearance
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClearancePage:
    """The exact wording, what was found, and what changed since the last word."""

    row: Clearance
    html: str
    screened: Screened
    reasons: tuple[str, ...]
    earlier: Clearance | None
    changes: list[Segment]
    correction: list[Segment]
    may: Decision


@signed_in
def queue(request: Request, office: str) -> HttpResponse:
    """What the office has to decide, oldest first."""
    require(request.user.actor, "office.queue", office)
    page = Paginator(pending(office), PAGE).get_page(request.GET.get("page"))
    rows = [Waiting(row, reasons_in_words(row.called_by)) for row in page]
    context = {"office": office, "rows": rows, "page": page}
    return render(request, "clearances/queue.html", context)


@signed_in
def decide(request: Request, pk: int) -> HttpResponse:
    """Read one wording; grant it or send it back."""
    rows = Clearance.objects.select_related("draft__unit", "draft__corrects")
    row = get_object_or_404(rows, pk=pk)
    actor = request.user.actor
    require(actor, "draft.read", row.draft)
    form = DecisionForm(request.POST or None, initial={"content": row.content_hash})
    if form.is_valid():
        with told(form):
            _decide(actor, row, form, back="send-back" in request.POST)
            messages.success(request, "Recorded.")
            return redirect("queue", row.office)
    context = {"page": clearance_page(actor, row), "form": form}
    return render(request, "clearances/page.html", context)


def pending(office: str) -> QuerySet[Clearance]:
    """The office's open clearances, oldest first."""
    rows = Clearance.objects.filter(office=office, state="pending")
    return rows.select_related("draft__unit", "draft__author")


def clearance_page(actor: Actor, row: Clearance) -> ClearancePage:
    """Gather what the office must see before it decides."""
    draft = row.draft
    revision = _read(row)
    earlier = _earlier(row)
    return ClearancePage(
        row=row,
        html=lowered(html_of(revision.text), below=2),
        screened=screened_revision(revision),
        reasons=reasons_in_words(row.called_by),
        earlier=earlier,
        changes=redline(wording(_read(earlier)), wording(revision)) if earlier else [],
        correction=corrected(draft),
        may=can(actor, "clearance.decide", row),
    )


def _decide(actor: Actor, row: Clearance, form: DecisionForm, *, back: bool) -> None:
    note = form.cleaned_data["note"]
    if back:
        send_back(actor, row, note=note)
    else:
        grant(actor, row, content=form.cleaned_data["content"], note=note)


def _earlier(row: Clearance) -> Clearance | None:
    """The office's last word on another wording of the draft."""
    decided = row.draft.clearances.filter(
        office=row.office, decided_at__isnull=False, pk__lt=row.pk
    )
    return decided.exclude(content_hash=row.content_hash).order_by("-pk").first()


def _read(row: Clearance) -> Revision:
    """The wording that a clearance is bound to."""
    same = row.draft.revisions.filter(content_hash=row.content_hash)
    return same.order_by("-number")[:1].get()
