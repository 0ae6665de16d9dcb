"""The forms of custody: what it is needed for, and what is to be kept."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from wardline.web.forms import Form

UNSAVED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
"""Nothing of it goes to the browser's memory or a spelling service."""


class CheckOutForm(Form):
    """Reason and time limit."""

    reason = forms.CharField(
        label="What do you need it for?",
        help_text="Everybody who looks after the account can read this.",
        max_length=300,
    )
    minutes = forms.TypedChoiceField(
        label="For how long?",
        coerce=int,
        initial=15,
        choices=[
            (15, "15 minutes"),
            (60, "1 hour"),
            (4 * 60, "4 hours"),
            (8 * 60, "8 hours"),
        ],
    )

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, as the step takes it."""
        minutes = self.cleaned_data["minutes"]
        reason = self.cleaned_data["reason"]
        return {"reason": reason, "within": timedelta(minutes=minutes)}


class PasswordForm(Form):
    """A new password, as it was set at the channel."""

    field = forms.ChoiceField(
        choices=[("password", "Password")], initial="password", widget=forms.HiddenInput
    )
    value = forms.CharField(
        label="New password",
        help_text="Change it at the channel first. No other account may have it.",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    expires_on = forms.DateField(
        label="Last day on which it works",
        help_text="If the channel set one.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, given: QueryDict | None = None) -> None:
        super().__init__(given, auto_id="password_%s")


class CodesForm(Form):
    """Recovery codes, or the seed of the second factor."""

    field = forms.ChoiceField(
        label="What is it?",
        choices=[
            ("recovery-codes", "Recovery codes"),
            ("mfa-seed", "Seed of the second factor"),
        ],
        initial="recovery-codes",
        widget=forms.RadioSelect,
    )
    value = forms.CharField(
        label="As the channel showed it",
        max_length=2000,
        widget=forms.Textarea(attrs={**UNSAVED, "rows": 4}),
    )

    def __init__(self, given: QueryDict | None = None) -> None:
        super().__init__(given, auto_id="codes_%s")


def kept_form(given: QueryDict) -> PasswordForm | CodesForm:
    """The one of the two that was sent."""
    return (PasswordForm if given.get("field") == "password" else CodesForm)(given)
