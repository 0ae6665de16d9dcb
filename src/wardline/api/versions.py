"""`/api/registry/versions`: what waits for review, and the decisions."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from wardline.api.registry_schema import (
    REFUSED,
    Id,
    ReasonIn,
    VersionOut,
    VersionsIn,
    VersionsOut,
    page,
    versions_out,
)
from wardline.api.tokens import ScopedToken, actor_of
from wardline.people.access import Actor, can
from wardline.registry.models import Version
from wardline.registry.readable import readable
from wardline.registry.steps.propose_change import take_back
from wardline.registry.steps.review_version import (
    approve_version,
    consent_to_fundraising,
    return_version,
)

router = Router(tags=["registry"])
review = ScopedToken("registry:review")
Told = dict[str, Any]


@router.get(
    "/versions",
    response={200: VersionsOut, **REFUSED},
    auth=ScopedToken("registry:read"),
)
def versions(request: HttpRequest, wanted: Query[VersionsIn]) -> Told:
    """Versions of the accounts that one may read, newest first; those that wait."""
    actor = actor_of(request)
    rows = _readable(actor)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.account:
        rows = rows.filter(account=wanted.account)
    count, some = page(rows, wanted)
    return {"count": count, "items": versions_out(some, actor)}


@router.post(
    "/versions/{pk}/approve", response={200: VersionOut, **REFUSED}, auth=review
)
def approve(request: HttpRequest, pk: Id) -> Told:
    """Put it on record; an account that was only requested becomes active."""
    return _decided(request, pk, approve_version)


@router.post(
    "/versions/{pk}/return", response={200: VersionOut, **REFUSED}, auth=review
)
def give_back(request: HttpRequest, pk: Id, given: ReasonIn) -> Told:
    """Give it back with what has to change."""
    return _decided(
        request, pk, lambda actor, row: return_version(actor, row, given.reason)
    )


@router.post(
    "/versions/{pk}/consent", response={200: VersionOut, **REFUSED}, auth=review
)
def consent(request: HttpRequest, pk: Id) -> Told:
    """Put the Development Office's consent on record."""
    return _decided(request, pk, consent_to_fundraising)


@router.post(
    "/versions/{pk}/take-back",
    response={200: VersionOut, **REFUSED},
    auth=ScopedToken("registry:request"),
)
def drop(request: HttpRequest, pk: Id) -> Told:
    """Drop a proposal that nobody has decided on."""
    return _decided(request, pk, take_back)


def _readable(actor: Actor) -> QuerySet[Version]:
    """Of accounts that one reads, and what the Development Office is asked about."""
    shown = Q(account__in=readable(actor).values("pk"))
    if can(actor, "account.consent"):
        shown |= Q(particulars__fundraising=True, state="proposed")
    return Version.objects.filter(shown).select_related("account", "made_by")


def _decided(
    request: HttpRequest, pk: int, step: Callable[[Actor, Version], None]
) -> Told:
    """The version after a step, which asks by itself who may."""
    actor = actor_of(request)
    rows = Version.objects.select_related("account", "made_by")
    version = get_object_or_404(rows, pk=pk)
    step(actor, version)
    return versions_out([version], actor)[0]
