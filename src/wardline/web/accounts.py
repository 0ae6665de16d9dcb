"""The registry's pages: official accounts, and custody of their sign-ins."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_POST

from wardline import channels
from wardline.channels import Capabilities
from wardline.people.access import Actor, can, require
from wardline.people.roles import Role
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.steps.register_account import change_account, register_account
from wardline.registry.steps.store_credential import store_credential, try_sign_in
from wardline.web.account_forms import AccountForm, CredentialForm
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in


def readable(actor: Actor) -> QuerySet[Account]:
    """The accounts for which `can(actor, "account.read", …)`, as a query."""
    accounts = Account.objects.select_related("unit", "owner", "deputy")
    if actor.has(Role.REGISTRAR, Role.AUDITOR):
        return accounts
    return accounts.filter(unit__in=actor.units)


@signed_in
def index(request: Request) -> HttpResponse:
    """Every account that this person may see, by unit."""
    actor = request.user.actor
    rows = readable(actor).order_by("unit__name", "name")
    page = {"rows": rows, "registers": can(actor, "account.register")}
    return render(request, "accounts/index.html", page)


@signed_in
def register(request: Request) -> HttpResponse:
    """Put a new account on record."""
    require(request.user.actor, "account.register")
    form = AccountForm(request.POST or None)
    if form.is_valid():
        with told(form):
            account = register_account(request.user.actor, form.particulars)
            messages.success(request, f"{account} is on record. Store its sign-in now.")
            return redirect("account", account.pk)
    return render(request, "accounts/form.html", {"form": form})


@signed_in
def change(request: Request, pk: int) -> HttpResponse:
    """Change what is on record of an account."""
    account = get_object_or_404(Account, pk=pk)
    require(request.user.actor, "account.change", account)
    form = AccountForm(request.POST or None, account)
    if form.is_valid():
        with told(form):
            change_account(request.user.actor, account, form.particulars)
            messages.success(request, "The record was changed.")
            return redirect("account", pk)
    return render(request, "accounts/form.html", {"form": form, "account": account})


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """One account: its record, what its channel can do, whether a sign-in is kept."""
    account = get_object_or_404(readable_to_all(), pk=pk)
    require(request.user.actor, "account.read", account)
    return _page(request, account, CredentialForm())


@signed_in
@require_POST
@sensitive_post_parameters("secret")
@sensitive_variables("form")
def store(request: Request, pk: int) -> HttpResponse:
    """Store a sign-in, then try it at the channel and tell what came of it."""
    account = get_object_or_404(readable_to_all(), pk=pk)
    require(request.user.actor, "account.store-credential", account)
    form = CredentialForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form)
    store_credential(request.user.actor, account, **form.cleaned_data)
    _try(request, account)
    return redirect("account", pk)


def readable_to_all() -> QuerySet[Account]:
    """Accounts with all that their page shows; access is asked for each."""
    return Account.objects.select_related("unit", "owner", "deputy")


def abilities(can: Capabilities) -> Iterator[str]:
    """What a channel can do, in words."""
    if can.by_hand:
        yield "A person posts here by hand and records the address."
    else:
        yield "Wardline posts here itself."
    if can.max_length:
        yield f"A post has at most {can.max_length} {can.counted_in}."
    if can.edit:
        yield "A published post can be edited, so a correction stands in the post."
    else:
        yield "A published post cannot be edited: a correction is a linked reply."
    if not can.delete:
        yield "A published post cannot be deleted."
    if can.html:
        yield "Links, emphasis and struck words show as such."
    if can.comments:
        yield "Comments can be read and answered."


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
        "account": account,
        "channel": channels.get(account.channel).capabilities,
        "abilities": abilities(channels.get(account.channel).capabilities),
        "kept": account.secrets.order_by("field"),
        "changes": can(actor, "account.change", account),
        "stores": can(actor, "account.store-credential", account),
        "form": form,
    }
    return render(request, "accounts/page.html", page)
