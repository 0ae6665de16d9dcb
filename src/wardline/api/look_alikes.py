"""`/api/registry/look-alikes`: accounts that may be taken for ours, and the judgement."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from wardline.api.registry_schema import (
    REFUSED,
    Id,
    PageIn,
    ReasonIn,
    Text,
    page,
    state_of,
)
from wardline.api.tokens import ScopedToken, actor_of
from wardline.people.access import require
from wardline.registry.models import Account, LookAlike
from wardline.registry.schema import NO_NUL
from wardline.registry.states import LOOK_ALIKE
from wardline.registry.steps.judge_look_alike import (
    call_gone,
    call_harmless,
    call_impostor,
)
from wardline.registry.steps.report_look_alike import search_look_alikes

router = Router(tags=["registry"])
review = ScopedToken("registry:review")


class LookAlikesIn(PageIn):
    """Which ones; an empty state means any."""

    state: Annotated[Text, state_of(LOOK_ALIKE)] = "candidate"


class ImpostorIn(ReasonIn):
    """Why it is an impostor, and what shows it."""

    evidence: Annotated[str, Field(min_length=1, max_length=10_000, pattern=NO_NUL)]


class LookAlikeOut(BaseModel):
    """An account that is not ours and may be taken for ours."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    account_id: int = Field(description="Whom it looks like.")
    url: str
    name: str
    why: str
    evidence: str
    state: str
    found_at: datetime
    decided_at: datetime | None
    reason: str


class LookAlikesOut(BaseModel):
    """A part of them; `count` is of all that match."""

    count: int
    items: list[LookAlikeOut]


@router.get(
    "/look-alikes",
    response={200: LookAlikesOut, **REFUSED},
    auth=ScopedToken("registry:read"),
)
def look_alikes(request: HttpRequest, wanted: Query[LookAlikesIn]) -> dict[str, Any]:
    """Those that wait for judgement, newest first."""
    require(actor_of(request), "look-alike.read")
    rows = LookAlike.objects.all()
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    count, some = page(rows, wanted)
    return {"count": count, "items": list(some)}


@router.post(
    "/accounts/{pk}/look-alikes/search",
    response={200: list[LookAlikeOut], **REFUSED},
    auth=review,
)
def search(request: HttpRequest, pk: Id) -> list[LookAlike]:
    """Search the account's site now; the answer is what was not on the list before."""
    account = get_object_or_404(Account, pk=pk)
    return search_look_alikes(actor_of(request), account)


@router.post(
    "/look-alikes/{pk}/impostor",
    response={200: LookAlikeOut, **REFUSED},
    auth=review,
)
def impostor(request: HttpRequest, pk: Id, given: ImpostorIn) -> LookAlike:
    """Warn everybody who asks about it, and open a task to have it taken down."""
    row = _look_alike(pk)
    call_impostor(actor_of(request), row, given.reason, given.evidence)
    return row


@router.post(
    "/look-alikes/{pk}/harmless",
    response={200: LookAlikeOut, **REFUSED},
    auth=review,
)
def harmless(request: HttpRequest, pk: Id, given: ReasonIn) -> LookAlike:
    """Keep it on record as no impostor."""
    row = _look_alike(pk)
    call_harmless(actor_of(request), row, given.reason)
    return row


@router.post(
    "/look-alikes/{pk}/gone", response={200: LookAlikeOut, **REFUSED}, auth=review
)
def gone(request: HttpRequest, pk: Id, given: ReasonIn) -> LookAlike:
    """Record that the site took it down."""
    row = _look_alike(pk)
    call_gone(actor_of(request), row, given.reason)
    return row


def _look_alike(pk: int) -> LookAlike:
    return get_object_or_404(LookAlike.objects.select_related("account"), pk=pk)
