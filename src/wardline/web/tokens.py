"""A person's own tokens for the API."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from wardline.people.models import Token
from wardline.people.tokens import SCOPES
from wardline.registry.steps.issue_token import issue_token, revoke_token
from wardline.web.forms import Form
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in


class TokenForm(Form):
    """What another token is for, what it may do, and for how long."""

    name = forms.CharField(
        label="What it is for", max_length=80, help_text="Such as “website badge”."
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Never more than you may do yourself.",
    )
    days = forms.TypedChoiceField(
        label="How long it lasts",
        choices=[(30, "30 days"), (90, "90 days"), (365, "A year")],
        coerce=int,
    )


@signed_in
@never_cache
@sensitive_variables("token")
def index(request: Request) -> HttpResponse:
    """One's tokens, and the form for another; a new one is shown this once."""
    form = TokenForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        with told(form):
            row, token = issue_token(
                request.user.actor,
                name=given["name"],
                scopes=given["scopes"],
                lasts=timedelta(days=given["days"]),
            )
            return render(request, "tokens/made.html", {"row": row, "token": token})
    page = {
        "form": form,
        "rows": request.user.tokens.filter(revoked_at=None),
        "scopes": SCOPES,
        "now": timezone.now(),
    }
    return render(request, "tokens/index.html", page)


@signed_in
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """End a token at once."""
    token = get_object_or_404(Token, pk=pk)
    revoke_token(request.user.actor, token)
    messages.success(request, f"{token} does not work any more.")
    return redirect("tokens")
