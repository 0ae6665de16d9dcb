"""The calendar: a month or a week of all that is planned, waiting and out."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wardline.people.access import Actor
from wardline.people.models import Unit
from wardline.people.roles import Role
from wardline.registry.models import Account
from wardline.web.calendar_entries import entries
from wardline.web.calendar_grid import (
    EARLIEST,
    LATEST,
    Day,
    Hour,
    Span,
    days_of,
    hours_of,
    weeks_of,
)
from wardline.web.drafts import writes_for
from wardline.web.forms import Form
from wardline.web.moments import zones
from wardline.web.moving import told_of_move
from wardline.web.request import Request, signed_in
from wardline.web.zone import reader_zone


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month as `weeks`, a week as `hours`, and as `agenda` the days that have any."""

    span: Span
    today: date
    days: list[Day]
    weeks: list[list[Day]]
    hours: list[Hour]
    agenda: list[Day]


class CalendarForm(Form):
    """What the calendar shows, and in whose time."""

    unit = forms.ChoiceField(required=False)
    account = forms.ChoiceField(required=False)
    zone = forms.ChoiceField(label="Time zone", choices=zones, required=False)

    def __init__(self, data: dict[str, Any], actor: Actor) -> None:
        super().__init__(data)
        units, accounts = Unit.objects.all(), Account.objects.exclude(state="retired")
        if not actor.has(Role.PRIVACY, Role.AUDITOR, Role.PUBLIC_AFFAIRS):
            units = units.filter(pk__in=actor.units)
            accounts = accounts.filter(unit__in=actor.units)
        every = [("", "All")]
        slugs = list(units.values_list("slug", "name"))
        names = [(str(pk), name) for pk, name in accounts.values_list("pk", "name")]
        self.fields["unit"].choices = every + slugs  # type: ignore[attr-defined]
        self.fields["account"].choices = every + names  # type: ignore[attr-defined]

    @property
    def filters(self) -> dict[str, str]:
        """Those that can be meant; the others are passed over."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("unit", "account")}


@signed_in
def show(request: Request) -> HttpResponse:
    """`?view=month|week`, `?on=` a day, `?unit=`, `?account=`, `?zone=`."""
    actor, zone = request.user.actor, reader_zone(request)
    form = CalendarForm({**request.GET.dict(), "zone": zone}, actor)
    today = timezone.localdate(timezone=ZoneInfo(zone))
    span = Span(
        "week" if request.GET.get("view") == "week" else "month",
        _day(request.GET.get("on", "")) or today,
    )
    found = entries(actor, *span.between(ZoneInfo(zone)), form.filters)
    days = days_of(span, found, today)
    page = CalendarPage(
        span=span,
        today=today,
        days=days,
        weeks=weeks_of(days),
        hours=hours_of(days) if span.view == "week" else [],
        agenda=[day for day in days if day.entries and not day.outside],
    )
    context = {
        "page": page,
        "form": form,
        "zone": zone,
        "moved": told_of_move(request),
        "kept": form.filters,
        "filters": f"&{urlencode(form.filters)}",
        "writes": bool(writes_for(actor)),
    }
    with timezone.override(ZoneInfo(zone)):
        return render(request, "calendar/page.html", context)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
