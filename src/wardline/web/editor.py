"""Writing a draft: a new one, an edit, and the findings while it is typed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.channels.redline import Segment, redline
from wardline.people.access import require
from wardline.people.models import Person, Unit
from wardline.publishing.models import Draft
from wardline.publishing.screen import screen
from wardline.publishing.states import DRAFT, LIVE_CLEARANCE
from wardline.publishing.steps.save_draft import create_draft, edit_draft
from wardline.publishing.steps.submit import submit
from wardline.web.draft_form import DraftForm
from wardline.web.draft_page import wording
from wardline.web.drafts import writes_for
from wardline.web.lengths import lengths
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in
from wardline.web.screened import Screened, screened


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody saved while this person was typing."""

    editor: Person
    version: int
    title: str
    text: str
    changes: list[Segment]


@signed_in
def choose_unit(request: Request) -> HttpResponse:
    """For whom to write; who writes for one unit alone is not asked."""
    units = Unit.objects.filter(pk__in=writes_for(request.user.actor))
    if len(units) == 1:
        return redirect("new-draft", units[0].slug)
    return render(request, "drafts/choose_unit.html", {"units": units})


@signed_in
def new(request: Request, slug: str) -> HttpResponse:
    """Start a draft of a unit."""
    unit = get_object_or_404(Unit, slug=slug)
    require(request.user.actor, "draft.create", unit)
    form = DraftForm(request.POST or None, unit)
    if _saves(request) and form.is_valid():
        with told(form):
            draft = create_draft(request.user.actor, unit, form.content)
            return _saved(request, draft)
    return _answer(request, _page(form, unit))


@signed_in
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft; what was typed stays whatever the step refuses."""
    draft = get_object_or_404(Draft.objects.select_related("unit"), pk=pk)
    require(request.user.actor, "draft.read", draft)
    require(request.user.actor, "draft.edit", draft)
    form = DraftForm(request.POST or None, draft.unit, draft)
    if _saves(request) and form.is_valid():
        with told(form):
            version = form.cleaned_data["version"]
            edit_draft(request.user.actor, draft, form.content, version=version)
            draft.refresh_from_db()
            return _saved(request, draft)
    if draft.state != "editing" and not DRAFT.allows(draft.state, "editing"):
        return redirect("draft", pk)
    return _answer(request, _page(form, draft.unit, draft))


def _saves(request: Request) -> bool:
    """Whether this is more than a check, which stores nothing."""
    return request.method == "POST" and "check" not in request.POST


def _answer(request: Request, page: dict[str, Any]) -> HttpResponse:
    """The editor; while somebody types, only what was found."""
    template = "drafts/live.html" if request.htmx else "drafts/editor.html"
    return render(request, template, page)


def _saved(request: Request, draft: Draft) -> HttpResponse:
    if "submit" in request.POST:
        with warned(request):
            submit(request.user.actor, draft, version=draft.version)
            messages.success(request, "Saved, and the offices were asked.")
    else:
        messages.success(request, "Saved.")
    return redirect("draft", draft.pk)


def _page(form: DraftForm, unit: Unit, draft: Draft | None = None) -> dict[str, Any]:
    conflict = _conflict(form, draft) if draft and form.is_bound else None
    return {
        "form": form,
        "unit": unit,
        "draft": draft,
        "conflict": conflict,
        "version": conflict.version if conflict else form["version"].value(),
        "voids": bool(
            draft and draft.clearances.filter(state__in=LIVE_CLEARANCE).exists()
        ),
        **_findings(form),
    }


def _conflict(form: DraftForm, draft: Draft) -> Conflict | None:
    """The newest wording against the one that was typed over, if there is a newer."""
    form.is_valid()  # a check has not asked yet
    newest = draft.revision
    seen = draft.revisions.filter(number=form.cleaned_data.get("version") or 0).first()
    if seen is None or seen.number == newest.number:
        return None
    return Conflict(
        editor=newest.editor,
        version=newest.number,
        title=newest.title,
        text=newest.text,
        changes=redline(wording(seen), wording(newest)),
    )


def _findings(form: DraftForm) -> dict[str, Any]:
    """`screened` and `lengths` of what was typed; no findings in an empty text."""
    title, text = form["title"].value() or "", form["text"].value() or ""
    chosen = {str(each) for each in form["accounts"].value() or ()}
    accounts = [each for each in form.usable if str(each.pk) in chosen]
    shown: Screened | None = None
    if title.strip() or text.strip():
        kind = accounts[0].kind if accounts else "network"
        findings, _ = screen(title, text, kind)
        shown = screened(title, text, findings, form["also_ask"].value() or ())
    return {"screened": shown, "lengths": lengths(text, accounts)}
