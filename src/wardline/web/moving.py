"""Giving a publication or a planned draft another time, and taking that back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from wardline.people.access import require
from wardline.publishing.collisions import collisions
from wardline.publishing.models import Draft, Publication
from wardline.publishing.steps.move_publication import move_publication
from wardline.publishing.steps.plan_draft import plan_draft
from wardline.publishing.steps.release import release
from wardline.publishing.times import zone_of
from wardline.web.calendar_entries import moves
from wardline.web.moments import MomentForm, wall_clock
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in
from wardline.web.zone import reader_zone

MOVED = "moved"
Step = Callable[..., None]


@signed_in
def publication(request: Request, pk: int) -> HttpResponse:
    """Another time for what is due or came too late; for what is held, its release."""
    rows = Publication.objects.select_related("draft__corrects", "account", "revision")
    row, actor = get_object_or_404(rows, pk=pk), request.user.actor
    held = row.state == "held"
    require(actor, "publication.release" if held else "publication.move", row)
    if not moves(actor, row):
        messages.error(request, "It cannot be moved any more: this is how it stands.")
        return redirect("publication", pk)
    step: Step = release if held else move_publication
    return _move(request, row.draft, row, (row.due_at, row.zone), step)


@signed_in
def draft(request: Request, pk: int) -> HttpResponse:
    """The time for which a draft is planned."""
    row = get_object_or_404(Draft.objects.select_related("corrects"), pk=pk)
    require(request.user.actor, "draft.read", row)
    require(request.user.actor, "draft.edit", row)
    now = row.planned_at and (row.planned_at, row.planned_zone)
    return _move(request, row, row, now or None, plan_draft)


@signed_in
def against(request: Request, pk: int) -> HttpResponse:
    """What speaks against the time that a form holds, while somebody chooses."""
    row = get_object_or_404(Draft, pk=pk)
    require(request.user.actor, "draft.read", row)
    form, found = MomentForm(request.GET), []
    if request.GET.get("moment") == "now":
        found = collisions(row, timezone.now(), reader_zone(request))
    elif form.is_valid():
        found = collisions(row, form.at, form.cleaned_data["zone"])
    return render(request, "parts/collisions.html", {"collisions": found})


def told_of_move(request: Request) -> dict[str, Any] | None:
    """What was moved last, to be told once."""
    moved: dict[str, Any] | None = request.session.pop(MOVED, None)
    return moved


def _move(
    request: Request,
    post: Draft,
    thing: Draft | Publication,
    now: tuple[datetime, str] | None,
    step: Step,
) -> HttpResponse:
    """The form, or what came of it; what was dragged keeps the zone it has."""
    form = MomentForm(request.POST or None, _ahead(now, reader_zone(request)))
    if form.is_valid():
        zone = "" if "dragged" in request.POST else form.cleaned_data["zone"]
        with told(form):
            step(request.user.actor, thing, at=form.at, zone=zone)
            _tell(request, now, form.at)
            return redirect(_calendar(request, thing, form.at))
    page = {
        "form": form,
        "draft": post,
        "thing": thing,
        "row": thing if isinstance(thing, Publication) else None,
        "kept": _kept(request),
    }
    return render(request, "calendar/move.html", page)


def _ahead(now: tuple[datetime, str] | None, zone: str) -> tuple[datetime, str]:
    """The time that it has; if it has none or that is over, the next full hour."""
    if now and now[0] > timezone.now():
        return now
    soon = timezone.now() + timedelta(hours=1)
    return soon.replace(minute=0, second=0, microsecond=0), now[1] if now else zone


def _tell(
    request: Request,
    before: tuple[datetime, str] | None,
    at: datetime,
) -> None:
    zone = reader_zone(request)
    local = at.astimezone(zone_of(zone))
    back = before if before and before[0] > timezone.now() else None
    request.session[MOVED] = {
        "to": date_format(local, "l, M j, g:i A T"),
        "href": request.path,
        "back": back and _as_text(wall_clock(*back)),
        "kept": _kept(request),
    }


def _as_text(clock: dict[str, Any]) -> dict[str, str]:
    return {
        **{name: str(value) for name, value in clock.items()},
        "time": clock["time"].isoformat(),
    }


def _calendar(request: Request, thing: Draft | Publication, at: datetime) -> str:
    """Where the moved entry is to be seen."""
    local = at.astimezone(zone_of(reader_zone(request)))
    asked = urlencode({**_kept(request), "on": local.date().isoformat()})
    return f"{reverse('calendar')}?{asked}#{type(thing).__name__.lower()}-{thing.pk}"


def _kept(request: Request) -> dict[str, str]:
    """What the calendar showed, to show it again: view, unit, account."""
    given = {**request.GET.dict(), **request.POST.dict()}
    return {
        name: given[name] for name in ("view", "unit", "account") if given.get(name)
    }
