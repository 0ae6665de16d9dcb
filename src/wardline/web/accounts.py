"""The registry's pages: official accounts, and custody of their sign-ins."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_POST

from wardline import channels
from wardline.people.access import Actor, DeniedError, can, require
from wardline.registry.errors import RegistryError
from wardline.registry.expiry import DAYS_BEFORE
from wardline.registry.models import Account
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.register_account import change_account, register_account
from wardline.registry.steps.request_account import request_account
from wardline.registry.steps.store_credential import store_credential, try_sign_in
from wardline.web.account_forms import AccountForm, CredentialForm
from wardline.web.account_list import accounts
from wardline.web.account_page import account_page
from wardline.web.drafts import writes_for
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in

FORM = "accounts/form.html"


@signed_in
def index(request: Request) -> HttpResponse:
    """The accounts that this person may see, by unit; filtered by the address."""
    actor = request.user.actor
    page = {
        "list": accounts(actor, request.GET),
        "registers": can(actor, "account.register"),
        "requests": bool(writes_for(actor)),
    }
    return render(request, "accounts/index.html", page)


@signed_in
def register(request: Request) -> HttpResponse:
    """Put a new account on record."""
    actor = request.user.actor
    require(actor, "account.register")
    form = AccountForm(actor, request.POST or None)
    if form.is_valid():
        with told(form):
            account = register_account(actor, form.particulars)
            messages.success(request, _registered(account))
            return redirect("account", account.pk)
    return render(request, FORM, {"form": form, "does": "register"})


@signed_in
def ask(request: Request) -> HttpResponse:
    """Ask for an account of one's own unit."""
    actor = request.user.actor
    _require_author(actor)
    form = AccountForm(actor, request.POST or None)
    if form.is_valid():
        with told(form):
            version = request_account(actor, form.particulars, form.note_given)
            messages.success(request, "Asked. The registrar looks at it next.")
            return redirect("account", version.account_id)
    return render(request, FORM, {"form": form, "does": "ask"})


@signed_in
def change(request: Request, pk: int) -> HttpResponse:
    """Change what is on record at once, or propose it to the registrar."""
    account, actor = _account(pk), request.user.actor
    require(actor, "account.propose", account)
    at_once = bool(can(actor, "account.change", account))
    form = AccountForm(actor, request.POST or None, account)
    if form.is_valid():
        with told(form):
            messages.success(request, _changed(actor, account, form, at_once=at_once))
            return redirect("account", pk)
    page = {"form": form, "account": account, "does": "change" if at_once else "ask"}
    return render(request, FORM, page)


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """One account: its record, what its channel can do, whether a sign-in is kept."""
    account = _account(pk)
    require(request.user.actor, "account.read", account)
    return _page(request, account, CredentialForm())


@signed_in
@require_POST
@sensitive_post_parameters("secret")
@sensitive_variables("form")
def store(request: Request, pk: int) -> HttpResponse:
    """Store a sign-in, then try it at the channel and tell what came of it."""
    account = _account(pk)
    require(request.user.actor, "account.store-credential", account)
    form = CredentialForm(request.POST)
    if form.is_valid():
        with told(form):
            store_credential(request.user.actor, account, **form.cleaned_data)
            _try(request, account)
            return redirect("account", pk)
    return _page(request, account, form)


def with_people() -> QuerySet[Account]:
    """Accounts with all that their pages show; access is asked for each."""
    return Account.objects.select_related("unit", "owner", "deputy")


def _account(pk: int) -> Account:
    return get_object_or_404(with_people(), pk=pk)


def _require_author(actor: Actor) -> None:
    if not writes_for(actor):
        msg = "Authors of a unit ask for its accounts. You are the author of none."
        raise DeniedError(msg)


def _registered(account: Account) -> str:
    if account.state == "requested":
        return f"{account} waits for the Development Office to consent."
    return f"{account} is on record. Store its sign-in now."


def _changed(
    actor: Actor, account: Account, form: AccountForm, *, at_once: bool
) -> str:
    if not at_once:
        propose_change(actor, account, form.particulars, form.note_given)
        return "Proposed. Until the registrar approves it, the record stays as it is."
    change_account(actor, account, form.particulars)
    if account.versions.filter(state="proposed").exists():
        return "The change waits for the Development Office to consent."
    return "The record was changed."


def _try(request: Request, account: Account) -> None:
    if channels.get(account.channel).capabilities.by_hand:
        messages.success(
            request, "Stored. A person signs in here, so nothing was tried."
        )
        return
    try:
        identity = try_sign_in(request.user.actor, account)
    except RegistryError as error:
        messages.warning(request, f"Stored, but signing in did not work: {error}")
    else:
        messages.success(request, f"Stored. Signing in works, as {identity.name}.")


def _page(request: Request, account: Account, form: CredentialForm) -> HttpResponse:
    actor = request.user.actor
    page = {
        "page": account_page(actor, account),
        "account": account,
        "channel": channels.get(account.channel).capabilities,
        "kept": account.secrets.filter(field__in=("username", "secret")),
        "stores": can(actor, "account.store-credential", account),
        "soon": timezone.now() + timedelta(days=max(DAYS_BEFORE)),
        "form": form,
    }
    return render(request, "accounts/page.html", page)
