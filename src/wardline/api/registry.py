"""`/api/registry/accounts`: the registry's accounts, and each step of their life."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from wardline.api.registry_schema import (
    REFUSED,
    AccountsIn,
    AccountsOut,
    Id,
    ReasonIn,
    RecordOut,
    VersionOut,
    account_out,
    page,
    versions_out,
)
from wardline.api.tokens import ScopedToken, actor_of
from wardline.people.access import Actor, require
from wardline.registry.models import Account
from wardline.registry.naming import directory
from wardline.registry.readable import readable
from wardline.registry.schema import AccountIn
from wardline.registry.steps.certify import certify
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.report_compromised import report_compromised
from wardline.registry.steps.request_account import request_account
from wardline.registry.steps.restore_account import restore_account
from wardline.registry.steps.retire_account import retire_account
from wardline.registry.steps.step_in import step_in

router = Router(tags=["registry"])
read, request_, review, keep = (
    ScopedToken(f"registry:{scope}") for scope in ("read", "request", "review", "keep")
)
Told = dict[str, Any]


@router.get("/accounts", response={200: AccountsOut, **REFUSED}, auth=read)
def accounts(request: HttpRequest, wanted: Query[AccountsIn]) -> Told:
    """The accounts that the token's person may read, by name."""
    actor = actor_of(request)
    asked = wanted.model_dump(
        include={"state", "channel", "kind"}, exclude_defaults=True
    )
    rows = readable(actor).filter(**asked).order_by("name", "pk")
    if wanted.unit:
        rows = rows.filter(unit__slug=wanted.unit)
    if words := wanted.words:
        named = Q(name__icontains=words) | Q(handle__icontains=words)
        rows = rows.filter(named | Q(url__icontains=words))
    count, some = page(rows, wanted)
    return {"count": count, "items": [account_out(one, actor) for one in some]}


@router.post("/accounts", response={201: VersionOut, **REFUSED}, auth=request_)
def ask_for(request: HttpRequest, given: AccountIn) -> Status[Told]:
    """Ask for an account to be put on record; the registrar reviews it."""
    actor = actor_of(request)
    particulars = directory([given.owner, given.deputy]).particulars(given)
    version = request_account(actor, particulars)
    return Status(201, versions_out([version], actor)[0])


@router.get("/accounts/{pk}", response={200: RecordOut, **REFUSED}, auth=read)
def show(request: HttpRequest, pk: Id) -> Told:
    """One account."""
    actor, account = actor_of(request), _account(pk)
    require(actor, "account.read", account)
    return account_out(account, actor)


@router.put("/accounts/{pk}", response={201: VersionOut, **REFUSED}, auth=request_)
def propose(request: HttpRequest, pk: Id, given: AccountIn) -> Status[Told]:
    """Propose other particulars, all of them; the public keeps seeing the old ones."""
    actor, account = actor_of(request), _account(pk)
    require(actor, "account.propose", account)
    particulars = directory([given.owner, given.deputy]).particulars(given)
    version = propose_change(actor, account, particulars)
    return Status(201, versions_out([version], actor)[0])


@router.post("/accounts/{pk}/certify", response={200: RecordOut, **REFUSED}, auth=keep)
def confirm(request: HttpRequest, pk: Id) -> Told:
    """Confirm that all on record is still right, for another 180 days."""
    actor, account = actor_of(request), _account(pk)
    certify(actor, account)
    return _told(actor, account)


@router.post("/accounts/{pk}/step-in", response={200: RecordOut, **REFUSED}, auth=keep)
def take_over(request: HttpRequest, pk: Id) -> Told:
    """The deputy becomes the owner of an account whose owner left."""
    actor, account = actor_of(request), _account(pk)
    step_in(actor, account)
    return _told(actor, account)


@router.post(
    "/accounts/{pk}/compromised", response={200: RecordOut, **REFUSED}, auth=keep
)
def compromised(request: HttpRequest, pk: Id, given: ReasonIn) -> Told:
    """Report that somebody else may control it; all that is to go out on it is held."""
    actor, account = actor_of(request), _account(pk)
    report_compromised(actor, account, given.reason)
    return _told(actor, account)


@router.post(
    "/accounts/{pk}/restore", response={200: RecordOut, **REFUSED}, auth=review
)
def restore(request: HttpRequest, pk: Id) -> Told:
    """Take a compromised account into use again, once its password is a new one."""
    actor, account = actor_of(request), _account(pk)
    restore_account(actor, account)
    return _told(actor, account)


@router.post("/accounts/{pk}/retire", response={200: RecordOut, **REFUSED}, auth=review)
def retire(request: HttpRequest, pk: Id, given: ReasonIn) -> Told:
    """Take it out of use for good, or refuse a request."""
    actor, account = actor_of(request), _account(pk)
    retire_account(actor, account, given.reason)
    return _told(actor, account)


def _account(pk: int) -> Account:
    """The row; each step asks by itself who may."""
    return get_object_or_404(
        Account.objects.select_related("unit", "owner", "deputy"), pk=pk
    )


def _told(actor: Actor, account: Account) -> Told:
    """The account after a step."""
    return account_out(_account(account.pk), actor)
