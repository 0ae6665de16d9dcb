"""Requests and changes of accounts: the queue, and the page that decides one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.people.access import Actor, DeniedError, can, require
from wardline.people.roles import Role
from wardline.registry.models import Version
from wardline.registry.particulars import lacking, restored
from wardline.registry.steps.propose_change import take_back
from wardline.registry.steps.review_version import (
    approve_version,
    consent_to_fundraising,
    needs_consent,
    return_version,
)
from wardline.web.account_facts import Fact, compared, kept_of, names_in
from wardline.web.account_forms import ReturnForm
from wardline.web.drafts import PAGE
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version beside what is on record, and what this person may do with it."""

    version: Version
    request: bool
    """Whether the account itself is asked for, so that nothing is on record yet."""
    facts: list[Fact]
    lacking: list[str]
    """What has to change before it can be approved."""
    consents: bool
    """Whether the Development Office has to consent to it."""
    may_review: bool
    may_consent: bool
    may_take_back: bool


def waiting() -> QuerySet[Version]:
    """What nobody has decided on, oldest first."""
    rows = Version.objects.filter(state="proposed")
    return rows.select_related("account__unit", "made_by").order_by("made_at", "pk")


def for_consent() -> list[Version]:
    """What waits for the Development Office, oldest first."""
    rows = waiting().filter(consent_by=None, particulars__fundraising=True)
    return [version for version in rows if needs_consent(version)]


@signed_in
def queue(request: Request) -> HttpResponse:
    """What the registrar, or the Development Office, has to decide."""
    actor = request.user.actor
    if actor.has(Role.REGISTRAR, Role.AUDITOR):
        rows: QuerySet[Version] | list[Version] = waiting()
    elif actor.has(Role.DEVELOPMENT):
        rows = for_consent()
    else:
        msg = "Registrars work through requests; the Development Office consents."
        raise DeniedError(msg)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/queue.html", {"page": page})


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """Read one version beside what is on record; approve it or return it."""
    version = _version(pk)
    actor = request.user.actor
    _require_read(actor, version)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with told(form):
            messages.success(request, _decide(actor, version, request, form))
            return redirect("account-review" if _decides(actor) else "accounts")
    page = {"page": version_page(actor, version), "form": form}
    return render(request, "accounts/version.html", page)


@signed_in
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Take back what one has proposed."""
    version = _version(pk)
    require(request.user.actor, "account.propose", version.account)
    with warned(request):
        take_back(request.user.actor, version)
        messages.success(request, "Taken back. The record stays as it is.")
    return redirect("account", version.account_id)


def version_page(actor: Actor, version: Version) -> VersionPage:
    """Gather what is needed to decide on a version."""
    account, new = version.account, version.particulars
    old = None if account.state == "requested" else kept_of(account)
    notes = actor.has(Role.REGISTRAR, Role.AUDITOR)
    names = names_in([new, *([old] if old else [])])
    waits = version.state == "proposed"
    consents = waits and needs_consent(version)
    return VersionPage(
        version=version,
        request=old is None,
        facts=compared(new, old, names, notes=notes),
        lacking=lacking(restored(new)) if waits else [],
        consents=consents,
        may_review=waits and bool(can(actor, "account.review", account)),
        may_consent=consents
        and not version.consent_by_id
        and bool(can(actor, "account.consent", account)),
        may_take_back=waits and bool(can(actor, "account.propose", account)),
    )


def _version(pk: int) -> Version:
    people = ("made_by", "decided_by", "consent_by")
    rows = Version.objects.select_related("account__unit", *people)
    return get_object_or_404(rows, pk=pk)


def _require_read(actor: Actor, version: Version) -> None:
    """The Development Office reads what asks for donations, though of any unit."""
    donations = bool(version.particulars["fundraising"])
    if not (donations and can(actor, "account.consent", version.account)):
        require(actor, "account.read", version.account)


def _decides(actor: Actor) -> bool:
    return actor.has(Role.REGISTRAR, Role.DEVELOPMENT)


def _decide(actor: Actor, version: Version, request: Request, form: ReturnForm) -> str:
    account = version.account
    if "consent" in request.POST:
        consent_to_fundraising(actor, version)
        return f"The Development Office's consent to {account} is on record."
    if "approve" in request.POST:
        approve_version(actor, version)
        return f"Approved: this is what is on record of {account} now."
    return_version(actor, version, form.cleaned_data["reason"])
    return f"Returned. {version.made_by} reads what has to change."
