"""Reply templates: what there is, writing another, and deciding on one."""

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.people.access import Actor, can, require
from wardline.people.models import Unit
from wardline.people.roles import Role
from wardline.publishing.models import ReplyTemplate
from wardline.publishing.screen import screen
from wardline.publishing.steps.decide_template import approve_template, retire_template
from wardline.publishing.steps.write_template import write_template
from wardline.publishing.templates import LANGUAGES, starters
from wardline.web.drafts import writes_for
from wardline.web.forms import Form
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in
from wardline.web.screened import screened
from wardline.web.words import WORDS

EVERY_UNIT = "0"


class TemplateForm(Form):
    """Words to answer with, and when."""

    unit = forms.ChoiceField(label="For")
    situation = forms.CharField(
        label="When to use it",
        max_length=120,
        help_text="Such as “Complaint”. Templates with the same words stand together.",
    )
    language = forms.ChoiceField(choices=list(LANGUAGES.items()))
    text = forms.CharField(
        label="The answer",
        max_length=5000,
        help_text="It must fit everybody: never say or deny that somebody is a patient.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: Mapping[str, Any] | None, actor: Actor) -> None:
        super().__init__(data)
        units = Unit.objects.all()
        every = [(EVERY_UNIT, "Every unit")]
        if not actor.has(Role.PUBLIC_AFFAIRS):
            units, every = units.filter(pk__in=writes_for(actor)), []
        choices = [*every, *((str(unit.pk), unit.name) for unit in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def propose(self, actor: Actor) -> ReplyTemplate:
        """Do what was filled in."""
        filled = dict(self.cleaned_data)
        unit = Unit.objects.filter(pk=filled.pop("unit")).first()
        return write_template(actor, unit, **filled)


@signed_in
def index(request: Request) -> HttpResponse:
    """By situation; `?state=` shows others than those in use or proposed."""
    actor = request.user.actor
    state = request.GET.get("state", "")
    rows = _visible(actor).order_by("situation", "unit__name", "language", "pk")
    if state in WORDS["template"]:
        rows = rows.filter(state=state)
    else:
        rows = rows.exclude(state="retired")
    known = set(_visible(actor).exclude(state="retired").values_list("text", flat=True))
    context = {
        "groups": [
            (name, list(group))
            for name, group in groupby(rows, lambda row: row.situation)
        ],
        "state": state,
        "states": [(key, words) for key, (words, _) in WORDS["template"].items()],
        "writes": _writes(actor),
        "starters": [one for one in starters() if one.text not in known],
    }
    return render(request, "templates/index.html", context)


@signed_in
def write(request: Request) -> HttpResponse:
    """Propose another template."""
    form = TemplateForm(request.POST or None, request.user.actor)
    if not form.fields["unit"].choices:  # type: ignore[attr-defined]
        require(request.user.actor, "template.write", ReplyTemplate(unit=None))
    if form.is_valid():
        with told(form):
            row = form.propose(request.user.actor)
            messages.success(request, "Proposed. Public Affairs decides on it.")
            return redirect("template", row.pk)
    return render(request, "templates/write.html", {"form": form})


@signed_in
@require_POST
def begin(request: Request) -> HttpResponse:
    """Propose the templates that Wardline brings along, as far as they are missing."""
    actor = request.user.actor
    unit = None
    if not actor.has(Role.PUBLIC_AFFAIRS):
        unit = Unit.objects.filter(pk__in=writes_for(actor)).first()
    there = ReplyTemplate.objects.filter(unit=unit).exclude(state="retired")
    known = set(there.values_list("text", flat=True))
    new = [one for one in starters() if one.text not in known]
    for one in new:
        write_template(
            actor,
            unit,
            situation=one.situation,
            language=one.language,
            text=one.text,
        )
    messages.success(request, f"{len(new)} proposed. Public Affairs decides on each.")
    return redirect("templates")


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """One, with what screening finds in it, and the decision."""
    row = _template(request, pk)
    actor = request.user.actor
    found, _ = screen("", row.text, "network", reply=True)
    decides = bool(can(actor, "template.approve", row))
    context = {
        "row": row,
        "language": LANGUAGES.get(row.language, row.language),
        "screened": screened("", row.text, found),
        "approves": decides and row.state == "proposed" and row.made_by_id != actor.id,
        "own": decides and row.state == "proposed" and row.made_by_id == actor.id,
        "retires": decides and row.state != "retired",
    }
    return render(request, "templates/page.html", context)


@signed_in
@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Take it into use."""
    return _decide(request, pk, approve_template, "It is in use.")


@signed_in
@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """Take it out of use."""
    return _decide(request, pk, retire_template, "It is out of use.")


def _decide(
    request: Request,
    pk: int,
    step: Callable[[Actor, ReplyTemplate], None],
    said: str,
) -> HttpResponse:
    row = _template(request, pk)
    with warned(request):
        step(request.user.actor, row)
        messages.success(request, said)
    return redirect("template", pk)


def _template(request: Request, pk: int) -> ReplyTemplate:
    rows = _visible(request.user.actor).select_related("made_by", "decided_by", "unit")
    return get_object_or_404(rows, pk=pk)


def _visible(actor: Actor) -> QuerySet[ReplyTemplate]:
    """Those for every unit, and those of one's own."""
    rows = ReplyTemplate.objects.select_related("unit")
    if actor.has(Role.PUBLIC_AFFAIRS, Role.PRIVACY, Role.AUDITOR):
        return rows
    if not actor.units:
        return rows.none()
    return rows.filter(Q(unit=None) | Q(unit__in=actor.units))


def _writes(actor: Actor) -> bool:
    return actor.has(Role.PUBLIC_AFFAIRS) or bool(writes_for(actor))
