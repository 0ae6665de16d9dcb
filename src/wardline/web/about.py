"""An account's About section: what was found there, and ways to put it right."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.institution import current
from wardline.people.access import can, require
from wardline.registry.about import required
from wardline.registry.about_tasks import FIX, IDENTITY
from wardline.registry.looking import see
from wardline.registry.models import AboutAudit, Account
from wardline.registry.steps.attest_about import attest_about
from wardline.registry.steps.audit_about import audit_about
from wardline.registry.steps.fix_about import fix_about, has_sign_in
from wardline.web.forms import Form
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in

HISTORY = 30
CHECKS = {
    "guidelines": "Guidelines",
    "privacy-policy": "Privacy Policy",
    "identity": "Same account",
    "profile": "Profile",
}
OUTCOMES = {
    "pass": ("Both links are there", "good"),
    "fail": ("Something is wrong", "bad"),
    "unreachable": ("Could not be read", "wait"),
    "attested": ("Attested by hand", "good"),
}


class AttestForm(Form):
    """What a person saw at the channel."""

    words = forms.CharField(
        label="The About section as it stands there",
        help_text="Copy all of it, with the addresses that its links lead to.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
    )
    seen = forms.BooleanField(
        label="I looked at it just now, and the account is still ours."
    )


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """What the newest audit found, what to do about it, and those before it."""
    return _page(request, _readable(request, pk), AttestForm())


@signed_in
@require_POST
def look(request: Request, pk: int) -> HttpResponse:
    """Audit it now."""
    audit = audit_about(request.user.actor, _readable(request, pk))
    if audit.outcome == "attested":
        messages.info(
            request, "Wardline cannot read it; what was attested by hand stands."
        )
    else:
        _tell(request, audit)
    return redirect("about", pk)


@signed_in
@require_POST
def attest(request: Request, pk: int) -> HttpResponse:
    """Keep what a person saw."""
    account = _readable(request, pk)
    require(request.user.actor, "account.attest-about", account)
    form = AttestForm(request.POST)
    if form.is_valid():
        with told(form):
            attest_about(request.user.actor, account, form.cleaned_data["words"])
            messages.success(request, "Kept with your name and the time.")
            return redirect("about", pk)
    return _page(request, account, form)


@signed_in
def fix(request: Request, pk: int) -> HttpResponse:
    """Show what Wardline would add at the channel; add it once that is confirmed."""
    account = _readable(request, pk)
    require(request.user.actor, "account.fix-about", account)
    if request.method == "POST":
        with warned(request):
            _tell(request, fix_about(request.user.actor, account))
        return redirect("about", pk)
    page = {"account": account, "seen": see(account), "kept": has_sign_in(account)}
    return render(request, "about/fix.html", page)


def _readable(request: Request, pk: int) -> Account:
    rows = Account.objects.select_related("unit", "owner", "deputy")
    account = get_object_or_404(rows, pk=pk)
    require(request.user.actor, "account.read", account)
    return account


def _tell(request: Request, audit: AboutAudit) -> None:
    words, tone = OUTCOMES[audit.outcome]
    level = messages.SUCCESS if tone == "good" else messages.WARNING
    messages.add_message(request, level, f"{words}.")


def _page(request: Request, account: Account, form: AttestForm) -> HttpResponse:
    actor = request.user.actor
    audits = [_described(audit) for audit in account.about_audits.all()[:HISTORY]]
    read = bool(audits) and audits[0]["audit"].outcome == "pass"
    page = {
        "account": account,
        "newest": audits[0] if audits else None,
        "earlier": audits[1:],
        "tasks": account.tasks.filter(kind__in=(FIX, IDENTITY), state="open"),
        "required": required(current()).values(),
        "looks": can(actor, "account.audit-about", account),
        "attests": can(actor, "account.attest-about", account) and not read,
        "fixes": can(actor, "account.fix-about", account) and has_sign_in(account),
        "custody": can(actor, "account.custody", account),
        "form": form,
    }
    return render(request, "about/page.html", page)


def _described(audit: AboutAudit) -> dict[str, Any]:
    words, tone = OUTCOMES[audit.outcome]
    checks = [{**each, "label": CHECKS[each["check"]]} for each in audit.checks]
    return {"audit": audit, "words": words, "tone": tone, "checks": checks}
