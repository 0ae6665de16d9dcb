"""Authorizations of patients: the list, putting one on record, and one with its posts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.people.access import Actor, can, require
from wardline.people.models import Unit
from wardline.people.roles import Role
from wardline.publishing.authorizations import live, uses
from wardline.publishing.models import Authorization, Publication
from wardline.publishing.steps.record_authorization import record_authorization
from wardline.publishing.steps.revoke_authorization import revoke_authorization
from wardline.web.attached import covered
from wardline.web.authorization_forms import AuthorizationForm, RevokeForm
from wardline.web.drafts import PAGE, readable, writes_for
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in
from wardline.web.words import WORDS

SENDABLE = ("due", "held", "by-hand")


@signed_in
def index(request: Request) -> HttpResponse:
    """The newest first, filtered by `?state=` and `?unit=`."""
    actor = request.user.actor
    mine = _visible(actor)
    state, unit = request.GET.get("state", ""), request.GET.get("unit", "")
    found = mine.filter(state=state) if state in WORDS["authorization"] else mine
    if unit and unit.isprintable():  # PostgreSQL takes no NUL
        found = found.filter(unit__slug=unit)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, covered(row), live(row).count()) for row in page],
        "state": state,
        "states": [(key, words) for key, (words, _) in WORDS["authorization"].items()],
        "unit": unit,
        "units": Unit.objects.filter(pk__in=mine.order_by().values("unit")),
        "records": bool(can(actor, "authorization.record")),
    }
    return render(request, "authorizations/index.html", context)


@signed_in
def choose_unit(request: Request) -> HttpResponse:
    """For whom it was signed."""
    require(request.user.actor, "authorization.record")
    units = Unit.objects.filter(accounts__isnull=False).distinct()
    return render(request, "authorizations/choose_unit.html", {"units": units})


@signed_in
def record(request: Request, slug: str) -> HttpResponse:
    """Put a signed form on record for a unit."""
    require(request.user.actor, "authorization.record")
    unit = get_object_or_404(Unit, slug=slug)
    form = AuthorizationForm(request.POST or None, unit)
    if form.is_valid():
        with told(form):
            row = record_authorization(request.user.actor, form.signed)
            messages.success(request, f"{row} is on record: drafts can use it.")
            return redirect("authorization", row.pk)
    return render(request, "authorizations/record.html", {"form": form, "unit": unit})


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """One, what uses it, and how it is revoked."""
    actor = request.user.actor
    rows = Authorization.objects.select_related("unit", "recorded_by", "ended_by")
    row = get_object_or_404(rows, pk=pk)
    require(actor, "authorization.read", row)
    may = row.state == "valid" and bool(can(actor, "authorization.revoke", row))
    form = RevokeForm(request.POST or None)
    if may and form.is_valid():
        with told(form):
            revoke_authorization(actor, row, reason=form.cleaned_data["reason"])
            messages.success(request, "Revoked. What used it is listed below.")
            return redirect("authorization", pk)
    waiting = Publication.objects.filter(draft__authorizations=row)
    context = {
        "row": row,
        "covers": covered(row),
        "posts": uses(row).filter(pk__in=readable(actor).order_by().values("pk")),
        "out": live(row).count(),
        "waiting": waiting.filter(state__in=SENDABLE).count(),
        "form": form if may else None,
    }
    return render(request, "authorizations/page.html", context)


def _visible(actor: Actor) -> QuerySet[Authorization]:
    """Those for which `can(actor, "authorization.read", …)`, as a query."""
    rows = Authorization.objects.select_related("unit")
    if actor.has(Role.PRIVACY, Role.PUBLIC_AFFAIRS, Role.AUDITOR):
        return rows
    return rows.filter(unit__in=writes_for(actor))
