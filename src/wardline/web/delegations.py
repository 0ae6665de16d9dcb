"""`/delegations`: hand one's office to a colleague while one is away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from wardline.institution import current
from wardline.people.access import Actor, can
from wardline.people.models import Delegation, Person
from wardline.people.roles import Role
from wardline.publishing.standing_in import running
from wardline.publishing.steps.delegate import delegate
from wardline.publishing.steps.end_delegation import end_delegation
from wardline.web.forms import Form
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in

DAY = timedelta(days=1)
INSTANT = timedelta.resolution
"""Before the midnight at which it ends lies the last day."""


class AwayForm(Form):
    """Whose office goes to whom, from the first day to the last, both included."""

    office = forms.ChoiceField(label="The office")
    person = forms.ModelChoiceField(
        Person.objects.none(), label="Who is away", empty_label="Choose a person"
    )
    stand_in = forms.ModelChoiceField(
        Person.objects.none(), label="Who stands in", empty_label="Choose a colleague"
    )
    first = forms.DateField(
        label="First day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, actor: Actor, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={"first": timezone.localdate()})
        people = Person.objects.filter(is_active=True).order_by("name")
        choices = [(slug, current().offices[slug].name) for slug in offices(actor)]
        fields: dict[str, Any] = self.fields
        fields["office"].choices = choices
        fields["stand_in"].queryset = people.exclude(groups__name=Role.AUDITOR)
        if actor.has(Role.ADMINISTRATOR):
            of_offices = people.filter(groups__name__in=dict(choices))
            fields["person"].queryset = of_offices.distinct()
        else:
            del fields["person"]

    def clean(self) -> dict[str, Any]:
        """The first day comes before the last one."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day lies before the first one.")
        return self.cleaned_data


@dataclass(frozen=True, slots=True)
class Absence:
    """One delegation with its days in words, and whether it has begun."""

    row: Delegation
    days: str
    begun: bool


@signed_in
def index(request: Request) -> HttpResponse:
    """Who stands in for whom, now and later, and the form for another absence."""
    actor = request.user.actor
    form = AwayForm(actor, request.POST or None) if offices(actor) else None
    if form and form.is_valid():
        with told(form):
            made = _delegate(request.user, form.cleaned_data)
            messages.success(request, f"{made.stand_in} decides {until(made)}.")
            return redirect("delegations")
    open_ones = Delegation.objects.filter(ends_at__gt=timezone.now())
    rows = open_ones.select_related("person", "stand_in")
    listed = Q(office__in=offices(actor)) | Q(person=actor.id)
    page = {
        "form": form,
        "rows": _absences(rows.filter(listed)),
        "mine": _absences(rows.filter(stand_in=actor.id)),
    }
    return render(request, "delegations/index.html", page)


@signed_in
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Who was away is back before the time."""
    row = get_object_or_404(Delegation, pk=pk)
    with warned(request):
        end_delegation(request.user.actor, row)
        messages.success(request, f"{row.stand_in} no longer stands in.")
    return redirect("delegations")


def offices(actor: Actor) -> list[str]:
    """Those that the person may hand over."""
    return [slug for slug in current().offices if can(actor, "office.delegate", slug)]


def standing_in(actor: Actor, office: str) -> str:
    """As in "for Ada Kowalski until December 5"; "" for one of the office itself."""
    if office in actor.roles or office not in actor.stands_in:
        return ""
    return " and ".join(until(row) for row in running(actor, office))


def until(row: Delegation) -> str:
    """As in "for Ada Kowalski until December 5", which is the last day."""
    return f"for {row.person} until {_day(row.ends_at - INSTANT)}"


def _delegate(person: Person, given: Mapping[str, Any]) -> Delegation:
    return delegate(
        person.actor,
        office=given["office"],
        person=given.get("person", person),
        stand_in=given["stand_in"],
        starts_at=_midnight(given["first"]),
        ends_at=_midnight(given["last"] + DAY),
    )


def _midnight(day: date) -> datetime:
    """When the day begins at the hospital."""
    return datetime.combine(day, time(), ZoneInfo(current().timezone))


def _absences(rows: QuerySet[Delegation]) -> list[Absence]:
    now = timezone.now()
    return [
        Absence(
            row=row,
            days=f"{_day(row.starts_at)} to {_day(row.ends_at - INSTANT)}",
            begun=row.starts_at <= now,
        )
        for row in rows
    ]


def _day(at: datetime) -> str:
    """The day at the hospital."""
    return date_format(at.astimezone(ZoneInfo(current().timezone)), "F j")
