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
from wardline.publishing.pictures import PictureError
from wardline.publishing.states import DRAFT, LIVE_CLEARANCE
from wardline.publishing.steps.add_picture import add_picture
from wardline.publishing.steps.save_draft import create_draft, edit_draft
from wardline.publishing.steps.submit import submit
from wardline.web.draft_actions import next_after
from wardline.web.draft_form import DraftForm
from wardline.web.draft_page import wording
from wardline.web.drafts import writes_for
from wardline.web.links import warn_of_dead
from wardline.web.mending import BUTTONS, Mended, mend
from wardline.web.picture_fields import ADD, EARLIER, FILE, PICTURE, REMOVE
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in
from wardline.web.typed import typed

ASKS = {"check", ADD, EARLIER, REMOVE, *BUTTONS}
"""Names of the buttons that save nothing."""


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
    form, mended = _form(request, unit)
    if _saves(request, form):
        with told(form):
            draft = create_draft(request.user.actor, unit, form.content)
            return _saved(request, draft)
    return _answer(request, _page(request, form, unit) | {"mended": mended})


@signed_in
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft; what was typed stays whatever the step refuses."""
    draft = get_object_or_404(Draft.objects.select_related("unit"), pk=pk)
    require(request.user.actor, "draft.read", draft)
    require(request.user.actor, "draft.edit", draft)
    form, mended = _form(request, draft.unit, draft)
    if _saves(request, form):
        with told(form):
            version = form.cleaned_data["version"]
            edit_draft(request.user.actor, draft, form.content, version=version)
            draft.refresh_from_db()
            return _saved(request, draft)
    if draft.state != "editing" and not DRAFT.allows(draft.state, "editing"):
        return redirect("draft", pk)
    page = _page(request, form, draft.unit, draft)
    return _answer(request, page | {"mended": mended})


def _saves(request: Request, form: DraftForm) -> bool:
    """Whether this is sent to be saved: whole, and more than a check.

    What only asks hears nothing of what is still missing.
    """
    if request.method != "POST":
        return False
    names = {name.partition("@")[0] for name in request.POST}
    if names.isdisjoint(ASKS) and not request.htmx:
        return form.is_valid() and not form.refused_picture
    form.errors.clear()
    return False


def _answer(request: Request, page: dict[str, Any]) -> HttpResponse:
    """The editor; while somebody types, only what was found."""
    template = "drafts/live.html" if request.htmx else "drafts/editor.html"
    return render(request, template, page)


def _saved(request: Request, draft: Draft) -> HttpResponse:
    if "submit" in request.POST:
        with warned(request):
            asked = submit(request.user.actor, draft, version=draft.version)
            messages.success(request, f"Saved. {next_after(asked)}")
            warn_of_dead(request, draft)
    else:
        messages.success(request, "Saved.")
    return redirect("draft", draft.pk)


def _form(
    request: Request, unit: Unit, draft: Draft | None = None
) -> tuple[DraftForm, Mended | None]:
    """What was sent, with a picture that came along, and as a pressed fix leaves it."""
    sent, refused = request.POST.copy(), ""
    if file := request.FILES.get(FILE):
        try:
            picture = add_picture(
                request.user.actor, unit, file.name or "The file", file.read()
            )
            sent.appendlist(PICTURE, picture.sha256)
        except PictureError as error:
            refused = str(error)
    form = DraftForm(sent or None, unit, draft)
    mended = mend(form, sent)
    if mended:
        form = DraftForm(sent, unit, draft)
    form.refused_picture = refused
    return form, mended


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
        "typed": typed(form, unit, draft, request.POST),
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
