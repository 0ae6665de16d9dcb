"""The audit page: what was done, newest first, and whether the chain holds."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from wardline.audit.chain import Problem, verify
from wardline.audit.models import Entry, Head
from wardline.people.access import require
from wardline.web.forms import Form
from wardline.web.request import Request, signed_in
from wardline.web.words import ACTIONS

PAGE = 50
MOST_PROBLEMS = 20


def _actions() -> list[tuple[str, str]]:
    names = Entry.objects.order_by("action").values_list("action", flat=True)
    words = sorted((ACTIONS.get(name, name), name) for name in names.distinct())
    return [("", "All"), *((name, word) for word, name in words)]


class FilterForm(Form):
    """Which entries to show; dates are days of the hospital."""

    action = forms.ChoiceField(label="What", choices=_actions, required=False)
    person = forms.CharField(label="Who", required=False, max_length=120)
    target = forms.CharField(
        label="About", required=False, max_length=80, help_text="Such as draft:12."
    )
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def entries(self) -> QuerySet[Entry]:
        """The entries that were asked for, newest first; all if the form is wrong."""
        asked = self.cleaned_data if self.is_valid() else {}
        conditions: dict[str, str | date] = {
            "action": asked.get("action") or "",
            "actor_name__icontains": asked.get("person") or "",
            "target": asked.get("target") or "",
            "at__date__gte": asked.get("since") or "",
            "at__date__lte": asked.get("until") or "",
        }
        given = {name: value for name, value in conditions.items() if value}
        return Entry.objects.filter(**given).order_by("-sequence")


class VerifyForm(Form):
    """The head that was kept elsewhere, if there is one."""

    head = forms.CharField(
        label="Head that you kept",
        required=False,
        max_length=120,
        help_text="The line you copied last time. With it, even a cut end shows.",
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: the first problems, none if the chain holds."""

    problems: list[Problem]
    head: Head


@signed_in
def show(request: Request) -> HttpResponse:
    """The entries that were asked for; a POST verifies the whole chain."""
    require(request.user.actor, "audit.read")
    form, check = FilterForm(request.GET), VerifyForm(request.POST or None)
    page = Paginator(form.entries(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "check": check,
        "page": page,
        "query": _without_page(request.GET),
        "verdict": _verdict(check),
    }
    return render(request, "audit/index.html", context)


def _verdict(form: VerifyForm) -> Verdict | None:
    if not form.is_valid():
        return None
    try:
        problems = list(islice(verify(form.cleaned_data["head"]), MOST_PROBLEMS))
    except ValueError as error:
        form.add_error("head", str(error))
        return None
    return Verdict(problems, Head.objects.first() or Head())


def _without_page(asked: QueryDict) -> str:
    """The address's query for links to other pages of the list."""
    kept = asked.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""
