"""What a person does about an account: certify, report, restore, retire, step in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.people.access import require
from wardline.people.roles import Role
from wardline.publishing.models import Publication
from wardline.publishing.states import UNDER_WAY
from wardline.registry.models import Account, Task
from wardline.registry.steps.certify import EVERY
from wardline.registry.steps.certify import certify as confirm
from wardline.registry.steps.report_compromised import (
    ROTATE_WITHIN,
    report_compromised,
)
from wardline.registry.steps.restore_account import restore_account
from wardline.registry.steps.retire_account import retire_account
from wardline.registry.steps.step_in import step_in
from wardline.registry.steps.tasks import close_task
from wardline.web.account_facts import record_of
from wardline.web.account_forms import ReasonForm
from wardline.web.account_page import account_page
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in


@signed_in
def certify(request: Request, pk: int) -> HttpResponse:
    """Read the whole record, and confirm it with one click."""
    account, actor = _account(pk), request.user.actor
    require(actor, "account.certify", account)
    if request.method == "POST":
        with warned(request):
            confirm(actor, account)
            message = f"Confirmed. The next time is in {EVERY.days} days."
            messages.success(request, message)
        return redirect("account", pk)
    notes = actor.has(Role.REGISTRAR, Role.AUDITOR)
    context = {
        "account": account,
        "facts": record_of(account, notes=notes),
        "page": account_page(actor, account),
        "days": EVERY.days,
    }
    return render(request, "accounts/certify.html", context)


@signed_in
def report(request: Request, pk: int) -> HttpResponse:
    """Say that somebody else may control the account, after what that leads to."""
    account, actor = _account(pk), request.user.actor
    require(actor, "account.report-compromised", account)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with told(form):
            report_compromised(actor, account, form.cleaned_data["reason"])
            messages.success(request, f"Nothing goes out on {account} any more.")
            return redirect("account", pk)
    waits = Publication.objects.filter(account=account, state__in=UNDER_WAY).count()
    hours = int(ROTATE_WITHIN.total_seconds()) // 3600
    context = {"account": account, "form": form, "waits": waits, "hours": hours}
    return render(request, "accounts/report.html", context)


@signed_in
def retire(request: Request, pk: int) -> HttpResponse:
    """Take the account out of use for good."""
    account, actor = _account(pk), request.user.actor
    require(actor, "account.change", account)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with told(form):
            retire_account(actor, account, form.cleaned_data["reason"])
            messages.success(request, f"{account} is retired.")
            return redirect("account", pk)
    return render(request, "accounts/retire.html", {"account": account, "form": form})


@signed_in
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Take an account that was compromised into use again."""
    account, actor = _account(pk), request.user.actor
    require(actor, "account.change", account)
    with warned(request):
        restore_account(actor, account)
        messages.success(request, f"{account} is in use again.")
    return redirect("account", pk)


@signed_in
@require_POST
def take_over(request: Request, pk: int) -> HttpResponse:
    """Step in for an owner who is gone."""
    account, actor = _account(pk), request.user.actor
    require(actor, "account.step-in", account)
    with warned(request):
        step_in(actor, account)
        message = "You are the owner now. The registrar names another deputy."
        messages.success(request, message)
    return redirect("account", pk)


@signed_in
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close a task: it is done."""
    task = get_object_or_404(Task.objects.select_related("account"), pk=pk)
    require(request.user.actor, "account.close-task", task.account)
    with warned(request):
        close_task(request.user.actor, task)
        messages.success(request, "Closed.")
    return redirect("account", task.account_id)


def _account(pk: int) -> Account:
    rows = Account.objects.select_related("unit", "owner", "deputy")
    return get_object_or_404(rows, pk=pk)
