"""The list of drafts that a person may read, by state and unit."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from wardline.people.access import Actor
from wardline.people.models import Unit
from wardline.people.roles import Role
from wardline.publishing.models import Draft
from wardline.web.request import Request, signed_in
from wardline.web.words import WORDS

PAGE = 25


def readable(actor: Actor) -> QuerySet[Draft]:
    """The drafts for which `can(actor, "draft.read", …)`, as a query.

    Restricted ones are listed for their unit, but shown without their words.
    """
    drafts = Draft.objects.select_related("unit", "author").prefetch_related(
        "publications__account"  # whether it is out everywhere
    )
    if actor.has(Role.PRIVACY, Role.AUDITOR, Role.PUBLIC_AFFAIRS):
        return drafts
    called = Draft.objects.filter(clearances__office__in=actor.offices).values("pk")
    return drafts.filter(Q(unit__in=actor.units) | Q(pk__in=called))


@signed_in
def index(request: Request) -> HttpResponse:
    """The newest first, filtered by `?state=` and `?unit=`."""
    drafts = readable(request.user.actor)
    state, unit = request.GET.get("state", ""), request.GET.get("unit", "")
    found = drafts
    if state in WORDS["draft"]:
        found = found.filter(state=state)
    if unit and unit.isprintable():  # PostgreSQL takes no NUL
        found = found.filter(unit__slug=unit)
    context = {
        "rows": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": [(key, words) for key, (words, _) in WORDS["draft"].items()],
        "unit": unit,
        "units": Unit.objects.filter(pk__in=drafts.order_by().values("unit")),
        "writes": bool(writes_for(request.user.actor)),
    }
    return render(request, "drafts/index.html", context)


def writes_for(actor: Actor) -> list[int]:
    """The ids of the units of which the person is an author."""
    return [unit for unit in actor.units if actor.is_in(unit, "author")]
