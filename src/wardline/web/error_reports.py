"""`/error-reports`: what readers say is wrong, how old it is, and what is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.channels.rendering import html_of
from wardline.people.access import Actor, can, require
from wardline.publishing.corrections import under_way
from wardline.publishing.deadlines import Clock, clock_of_report, median_lately
from wardline.publishing.models import Draft, ErrorReport
from wardline.publishing.revisions import published_revision
from wardline.publishing.steps.decide_report import (
    accept_report,
    dismiss_report,
    withdraw_reported,
)
from wardline.web.draft_forms import CorrectForm
from wardline.web.drafts import PAGE, readable
from wardline.web.forms import Form
from wardline.web.headings import lowered
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in

LONGEST_REASON = 300


class DismissForm(Form):
    """Why the post is right as it is."""

    note = forms.CharField(
        label="Why is it right as it is?",
        max_length=300,
        help_text="One sentence, for the record. Readers will not see it.",
        error_messages={"required": "Say in a sentence why the post is right."},
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One report and its age."""

    report: ErrorReport
    clock: Clock


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report with the post as it is now, and what the person may do."""

    report: ErrorReport
    clock: Clock
    html: str
    decides: bool
    withdraws: bool
    writes: bool
    correction: Draft | None
    forms: Mapping[str, Form] = field(default_factory=dict)


@signed_in
def index(request: Request) -> HttpResponse:
    """Those to be decided first, the oldest of them on top."""
    rows = visible(request.user.actor).order_by(
        Case(When(state="received", then=0), default=1), "at"
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = {
        "page": page,
        "rows": [Row(report, clock_of_report(report)) for report in page],
        "median": median_lately(),
    }
    return render(request, "error_reports/index.html", found)


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """One report, with what was reported and what can be done."""
    return _page(request, _report(request, pk))


@signed_in
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """The reader is right: start the correction, and go on in its editor."""
    report = _report(request, pk)
    form = CorrectForm(request.POST)
    if form.is_valid():
        with told(form):
            reason = form.cleaned_data["reason"]
            fix = accept_report(request.user.actor, report, reason=reason)
            if fix and can(request.user.actor, "draft.edit", fix):
                return redirect("edit-draft", fix.pk)
            messages.success(request, "Accepted. The unit was asked to correct it.")
            return redirect("error-report", pk)
    return _page(request, report, {"accept": form})


@signed_in
@require_POST
def dismiss(request: Request, pk: int) -> HttpResponse:
    """The post is right as it is."""
    report = _report(request, pk)
    form = DismissForm(request.POST)
    if form.is_valid():
        with told(form):
            dismiss_report(request.user.actor, report, **form.cleaned_data)
            return redirect("error-reports")
    return _page(request, report, {"dismiss": form})


@signed_in
@require_POST
def take_down(request: Request, pk: int) -> HttpResponse:
    """Patient data: the post is withdrawn at once, and its text restricted."""
    report = _report(request, pk)
    with warned(request):
        withdraw_reported(request.user.actor, report)
        messages.success(request, "It is being taken down. The Privacy Office is told.")
    return redirect("error-reports")


def visible(actor: Actor) -> QuerySet[ErrorReport]:
    """The reports about posts that the person may see listed."""
    rows = ErrorReport.objects.select_related("post__unit", "account", "correction")
    return rows.filter(post__in=readable(actor).order_by().values("pk"))


def waiting(actor: Actor, most: int) -> list[Row]:
    """The oldest reports that wait for this person's decision."""
    rows = visible(actor).filter(state="received").order_by("at")
    mine = (one for one in rows if can(actor, "error-report.decide", one.post))
    return [Row(one, clock_of_report(one)) for one in islice(mine, most)]


def _report(request: Request, pk: int) -> ErrorReport:
    rows = ErrorReport.objects.select_related("post__unit", "account", "correction")
    report = get_object_or_404(rows, pk=pk)
    require(request.user.actor, "draft.read", report.post)
    return report


def _page(
    request: Request, report: ErrorReport, bound: Mapping[str, Form] | None = None
) -> HttpResponse:
    actor, waits = request.user.actor, report.state == "received"
    reason = " ".join(report.text.split())[:LONGEST_REASON]
    page = ReportPage(
        report=report,
        clock=clock_of_report(report),
        html=_html(report),
        decides=waits and bool(can(actor, "error-report.decide", report.post)),
        withdraws=report.post.state != "withdrawn"
        and bool(can(actor, "draft.withdraw", report.post)),
        writes=bool(can(actor, "draft.correct", report.post)),
        correction=report.correction or under_way(report.post),
        forms={
            "accept": CorrectForm(initial={"reason": reason}),
            "dismiss": DismissForm(),
            **(bound or {}),
        },
    )
    return render(request, "error_reports/page.html", {"page": page})


def _html(report: ErrorReport) -> str:
    """The post as it stands where it was read."""
    revision = published_revision(report.post)
    return lowered(html_of(revision.text_for(report.account_id or 0)), below=2)
