"""`/api/registry/accounts/…/about`: audits of About sections, and each step of them."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from wardline.api.registry_schema import REFUSED, Id, PageIn, page
from wardline.api.tokens import ScopedToken, actor_of
from wardline.people.access import require
from wardline.registry.about import LONGEST_EVIDENCE
from wardline.registry.models import AboutAudit, Account
from wardline.registry.schema import NO_NUL
from wardline.registry.steps.attest_about import attest_about
from wardline.registry.steps.audit_about import audit_about
from wardline.registry.steps.fix_about import fix_about

router = Router(tags=["registry"])
read, keep = ScopedToken("registry:read"), ScopedToken("registry:keep")


class CheckOut(BaseModel):
    """One thing that was looked at."""

    check: str
    passed: bool | None = Field(description="Null: it could not be told.")
    detail: str


class AuditOut(BaseModel):
    """What one look at a profile found."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    account_id: int
    at: datetime
    outcome: str = Field(description="pass, fail, unreachable or attested.")
    checks: list[CheckOut]
    evidence: str
    evidence_hash: str = Field(description="SHA-256 of the evidence, hex.")


class AuditsOut(BaseModel):
    """A part of an account's audits, newest first; `count` is of all."""

    count: int
    items: list[AuditOut]


class WordsIn(BaseModel):
    """An About section as a person copied it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    words: Annotated[
        str, Field(min_length=1, max_length=LONGEST_EVIDENCE, pattern=NO_NUL)
    ]


@router.get("/accounts/{pk}/about", response={200: AuditsOut, **REFUSED}, auth=read)
def audits(request: HttpRequest, pk: Id, wanted: Query[PageIn]) -> dict[str, Any]:
    """The audits of an account's About section."""
    account = get_object_or_404(Account, pk=pk)
    require(actor_of(request), "account.read", account)
    count, some = page(account.about_audits.all(), wanted)
    return {"count": count, "items": list(some)}


@router.post("/accounts/{pk}/about", response={200: AuditOut, **REFUSED}, auth=keep)
def look(request: HttpRequest, pk: Id) -> AboutAudit:
    """Look now."""
    return audit_about(actor_of(request), get_object_or_404(Account, pk=pk))


@router.post(
    "/accounts/{pk}/about/attest", response={200: AuditOut, **REFUSED}, auth=keep
)
def attest(request: HttpRequest, pk: Id, given: WordsIn) -> AboutAudit:
    """Vouch for what the profile says, both addresses included."""
    account = get_object_or_404(Account, pk=pk)
    return attest_about(actor_of(request), account, given.words)


@router.post("/accounts/{pk}/about/fix", response={200: AuditOut, **REFUSED}, auth=keep)
def fix(request: HttpRequest, pk: Id) -> AboutAudit:
    """Have the missing links added at the channel, and look again."""
    return fix_about(actor_of(request), get_object_or_404(Account, pk=pk))
