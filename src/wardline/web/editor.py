"""Writing a draft: a new one, an edit, and the findings while it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardline.channels.redline import Segment, redline
from wardline.institution import current
from wardline.people.access import require
from wardline.people.models import Person, Unit
from wardline.publishing.gate import Matter, requirements
from wardline.publishing.models import Draft
from wardline.publishing.screen import GAP, screen
from wardline.publishing.states import DRAFT, LIVE_CLEARANCE
from wardline.publishing.steps.save_draft import create_draft, edit_draft
from wardline.publishing.steps.submit import submit
from wardline.registry.models import Account
from wardline.screening import Context, Finding
from wardline.screening.values import Channel
from wardline.web.draft_form import DraftForm
from wardline.web.draft_page import wording
from wardline.web.drafts import writes_for
from wardline.web.fixes import (
    LOOK_UP,
    Change,
    change,
    changed,
    changes,
    helps,
)
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
    form, made = _form(request, unit)
    if _saves(request) and form.is_valid():
        with told(form):
            draft = create_draft(request.user.actor, unit, form.content)
            return _saved(request, draft)
    return _answer(request, _page(request, form, unit) | {"change": made})


@signed_in
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft; what was typed stays whatever the step refuses."""
    draft = get_object_or_404(Draft.objects.select_related("unit"), pk=pk)
    require(request.user.actor, "draft.read", draft)
    require(request.user.actor, "draft.edit", draft)
    form, made = _form(request, draft.unit, draft)
    if _saves(request) and form.is_valid():
        with told(form):
            version = form.cleaned_data["version"]
            edit_draft(request.user.actor, draft, form.content, version=version)
            draft.refresh_from_db()
            return _saved(request, draft)
    if draft.state != "editing" and not DRAFT.allows(draft.state, "editing"):
        return redirect("draft", pk)
    page = _page(request, form, draft.unit, draft)
    return _answer(request, page | {"change": made})


def _saves(request: Request) -> bool:
    """Whether this is more than a check, which stores nothing."""
    asks = "check" in request.POST or LOOK_UP in request.POST
    return request.method == "POST" and not asks and not changes(request.POST)


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


def _form(
    request: Request, unit: Unit, draft: Draft | None = None
) -> tuple[DraftForm, Change | None]:
    """What was sent, with the words as a pressed fix leaves them, and what it changed."""
    form = DraftForm(request.POST or None, unit, draft)
    if not changes(request.POST):
        return form, None
    before = (form["title"].value() or "") + GAP + (form["text"].value() or "")
    after = changed(before, _context(form), request.POST)
    sent = request.POST.copy()
    sent["title"], _, sent["text"] = after.partition(GAP)
    return DraftForm(sent, unit, draft), change(before, after)


def _page(
    request: Request, form: DraftForm, unit: Unit, draft: Draft | None = None
) -> dict[str, Any]:
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
        **_findings(form, unit, request.POST),
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


def _accounts(form: DraftForm) -> list[Account]:
    chosen = {str(each) for each in form["accounts"].value() or ()}
    return [each for each in form.usable if str(each.pk) in chosen]


def _kind(form: DraftForm) -> str:
    """The kind of the first account chosen."""
    return next((account.kind for account in _accounts(form)), "network")


def _context(form: DraftForm) -> Context:
    return Context(mode="official", channel=cast("Channel", _kind(form)))


def _findings(form: DraftForm, unit: Unit, post: Mapping[str, str]) -> dict[str, Any]:
    """`screened` and `lengths` of what was typed; no findings in an empty text."""
    title, text = form["title"].value() or "", form["text"].value() or ""
    shown: Screened | None = None
    if title.strip() or text.strip():
        rows, _ = screen(title, text, _kind(form))
        asked = Matter(
            findings=rows,
            also_ask=form["also_ask"].value() or (),
            unit=unit,
            accounts=_accounts(form),
            when=timezone.now(),
        )
        findings = msgspec.convert(rows, list[Finding])
        shown = screened(
            title,
            text,
            rows,
            requirements(asked, current()),
            helps(title + GAP + text, _context(form), findings, post),
        )
    return {"screened": shown, "lengths": lengths(text, _accounts(form))}
