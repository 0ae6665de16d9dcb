"""Custody pages: what is kept of an account, checking it out, and seeing it once."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_POST

from wardline.people.access import can, require
from wardline.registry import passwords
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Checkout
from wardline.registry.rotation import due_fields
from wardline.registry.steps.check_out import check_out
from wardline.registry.steps.return_checkout import return_checkout
from wardline.registry.steps.reveal import reveal
from wardline.registry.steps.store_credential import keep
from wardline.web.custody_forms import (
    CheckOutForm,
    CodesForm,
    PasswordForm,
    kept_form,
)
from wardline.web.custody_rows import kept
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in

unkept = cache_control(no_store=True, private=True)
"""No cache, and no "back" of the browser, shows these pages again."""


@signed_in
@unkept
def show(request: Request, pk: int) -> HttpResponse:
    """What is kept of an account, who saw it, and how to get at it."""
    return _page(request, _account(request, pk, "account.custody"))


@signed_in
@unkept
@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """Check an account's credentials out."""
    account = _account(request, pk, "account.check-out")
    form = CheckOutForm(request.POST)
    if form.is_valid():
        with told(form):
            made = check_out(request.user.actor, account, **form.given)
            return redirect("checked-out", made.pk)
    return _page(request, account, taking=form)


@signed_in
@unkept
@require_POST
@sensitive_post_parameters("value")
@sensitive_variables()
def store(request: Request, pk: int) -> HttpResponse:
    """Store a new password, recovery codes or second factor."""
    account = _account(request, pk, "account.keep-credential")
    form = kept_form(request.POST)
    if form.is_valid():
        with told(form):
            keep(request.user.actor, account, **form.cleaned_data)
            messages.success(request, "Stored.")
            return redirect("custody", pk)
    return _page(request, account, keeping=form)


@signed_in
@unkept
def checked_out(request: Request, pk: int) -> HttpResponse:
    """A check-out of one's own, with what may be seen."""
    return _checked_out(request, _own(request, pk))


@signed_in
@unkept
@require_POST
@sensitive_variables()
def look(request: Request, pk: int) -> HttpResponse:
    """One value, once: on the page, or as bare text for the clipboard alone."""
    checkout, field = _own(request, pk), request.POST.get("field", "")
    copied = request.POST.get("how") == "copy"
    try:
        value = reveal(request.user.actor, checkout, field)
    except RegistryError as error:
        if copied:
            return HttpResponse(str(error), "text/plain", HTTPStatus.CONFLICT)
        messages.error(request, str(error))
        return redirect("checked-out", pk)
    if copied:
        return HttpResponse(value, "text/plain; charset=utf-8")
    return _checked_out(request, checkout, {"field": field, "value": value})


@signed_in
@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """End a check-out."""
    checkout = get_object_or_404(Checkout, pk=pk)
    with warned(request):
        return_checkout(request.user.actor, checkout)
        messages.success(request, "Given back.")
    return redirect("custody", checkout.account_id)


def _account(request: Request, pk: int, verb: str) -> Account:
    account = get_object_or_404(Account.objects.select_related("unit"), pk=pk)
    require(request.user.actor, verb, account)
    return account


def _own(request: Request, pk: int) -> Checkout:
    rows = Checkout.objects.select_related("account__unit")
    checkout = get_object_or_404(rows, pk=pk)
    require(request.user.actor, "account.reveal", checkout)
    return checkout


@sensitive_variables()
def _page(
    request: Request,
    account: Account,
    *,
    taking: CheckOutForm | None = None,
    keeping: PasswordForm | CodesForm | None = None,
) -> HttpResponse:
    holds = bool(can(request.user.actor, "account.check-out", account))
    running = account.checkouts.filter(returned_at=None, until__gt=timezone.now())
    page = {
        "account": account,
        "rows": kept(account),
        "due": due_fields(account),
        "running": running.select_related("person"),
        "holds": holds,
        "taking": taking or CheckOutForm(),
        "password": keeping if isinstance(keeping, PasswordForm) else PasswordForm(),
        "codes": keeping if isinstance(keeping, CodesForm) else CodesForm(),
        "suggested": passwords.generate() if holds else "",
    }
    return render(request, "custody/index.html", page)


@sensitive_variables()
def _checked_out(
    request: Request, checkout: Checkout, seen: dict[str, str] | None = None
) -> HttpResponse:
    page = {
        "checkout": checkout,
        "account": checkout.account,
        "over": checkout.returned_at or checkout.until <= timezone.now(),
        "rows": kept(checkout.account, checkout),
        "seen": seen,
    }
    return render(request, "custody/checked_out.html", page)
