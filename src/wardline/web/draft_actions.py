"""A draft's page and what can be done there, each a step of its own."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wardline.institution import current
from wardline.people.access import require
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.restrict import restrict_withdrawn
from wardline.publishing.steps.schedule import schedule, unschedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.web.draft_forms import CorrectForm, ScheduleForm, WithdrawForm
from wardline.web.draft_page import asks_once, draft_page, sending
from wardline.web.forms import Form
from wardline.web.links import warn_of_dead
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """The history of a post on one page."""
    return _page(request, _draft(request, pk))


@signed_in
def show_publications(request: Request, pk: int) -> HttpResponse:
    """The publications alone, asked for again until they are settled.

    Empty (204) while all is as in `?was=`. When the draft itself moved on, the whole
    page loads again, since other things can be done with it now.
    """
    draft = _draft(request, pk)
    was, now = request.GET.get("was", ""), sending(request.user.actor, draft)
    if was == now.mark:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if not was.startswith(f"{draft.state}-"):
        return HttpResponseClientRefresh()
    return render(request, "drafts/publications.html", {"sending": now})


@signed_in
@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask the offices to clear the wording that the person was looking at."""
    draft = _draft(request, pk)
    with warned(request):
        newest = request.POST.get("version") == str(draft.version)
        version = draft.version if newest else 0
        asked = submit(request.user.actor, draft, version=version)
        messages.success(request, next_after(asked))
        warn_of_dead(request, draft)
    return redirect("draft", pk)


def next_after(asked: Sequence[Clearance]) -> str:
    """Who has the word now, once a draft was submitted."""
    if not asked:
        return "Nobody needs to clear it: choose when it goes out."
    names = ", ".join(current().offices[row.office].name for row in asked)
    return f"Asked to clear it: {names}."


@signed_in
@require_POST
def set_time(request: Request, pk: int) -> HttpResponse:
    """Publish now, or at the time that was chosen."""
    draft = _draft(request, pk)
    form = ScheduleForm(request.POST, ask=asks_once(draft))
    if form.is_valid():
        with told(form):
            schedule(
                request.user.actor, draft, at=form.when, zone=form.cleaned_data["zone"]
            )
            messages.success(request, "It is in the queue: see Publications below.")
            return redirect("draft", pk)
    return _page(request, draft, {"schedule": form})


@signed_in
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take a scheduled draft out of the queue."""
    draft = _draft(request, pk)
    with warned(request):
        unschedule(request.user.actor, draft)
        messages.success(request, "Taken back. It is still cleared.")
    return redirect("draft", pk)


@signed_in
@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    """Cancel the draft."""
    draft = _draft(request, pk)
    with warned(request):
        cancel_draft(request.user.actor, draft)
        messages.success(request, "Given up. The text is kept on this page.")
    return redirect("draft", pk)


@signed_in
@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """Start a correction and go on in its editor."""
    post = _draft(request, pk)
    form = CorrectForm(request.POST)
    if form.is_valid():
        with told(form):
            reason = form.cleaned_data["reason"]
            draft = start_correction(request.user.actor, post, reason=reason)
            return redirect("edit-draft", draft.pk)
    return _page(request, post, {"correct": form})


@signed_in
@require_POST
def take_down(request: Request, pk: int) -> HttpResponse:
    """Withdraw the post; with patient data its own author can read it no more."""
    post = _draft(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with told(form):
            withdraw(request.user.actor, post, **form.cleaned_data)
            messages.success(request, "It is being taken down.")
            restricted = form.cleaned_data["patient_data"]
            return redirect("publications") if restricted else redirect("draft", pk)
    return _page(request, post, {"withdraw": form})


@signed_in
@require_POST
def restrict(request: Request, pk: int) -> HttpResponse:
    """Leave a withdrawn post to the Privacy Office: there was patient data in it."""
    post = _draft(request, pk)
    with warned(request):
        restrict_withdrawn(request.user.actor, post)
        messages.success(request, "Only the Privacy Office reads it now.")
    post.refresh_from_db()
    return redirect("publications") if post.restricted else redirect("draft", pk)


def _draft(request: Request, pk: int) -> Draft:
    drafts = Draft.objects.select_related("unit", "author", "corrects")
    draft = get_object_or_404(drafts, pk=pk)
    require(request.user.actor, "draft.read", draft)
    return draft


def _page(
    request: Request, draft: Draft, bound: Mapping[str, Form] | None = None
) -> HttpResponse:
    page = draft_page(request.user.actor, draft, bound)
    return render(request, "drafts/page.html", {"page": page, "draft": draft})
