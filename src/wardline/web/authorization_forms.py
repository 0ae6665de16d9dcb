"""The forms of authorizations: what a signed form says, and why one is revoked."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from wardline.institution import current
from wardline.people.models import Unit
from wardline.publishing.authorizations import COVERS
from wardline.publishing.steps.record_authorization import Signed
from wardline.registry.models import Account
from wardline.web.forms import Form


def _day(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=widget
    )


class AuthorizationForm(Form):
    """One signed form, without the patient's name."""

    conditional = frozenset({"relation"})
    reference = forms.CharField(
        label="Number of the signed form",
        max_length=80,
        help_text="No names: the number of the signed form, such as PA-2026-014.",
    )
    kept_at = forms.CharField(
        label="Where the signed form is",
        max_length=200,
        help_text="Such as “Privacy Office, binder 7”. No names.",
    )
    given_by = forms.ChoiceField(
        label="Signed by",
        choices=[("person", "The patient"), ("representative", "A representative")],
        initial="person",
        widget=forms.RadioSelect,
    )
    relation = forms.CharField(
        label="Why the representative may sign",
        max_length=80,
        required=False,
        help_text="Only for a representative: parent, legal guardian …",
    )
    covers = forms.MultipleChoiceField(
        label="What it covers",
        choices=list(COVERS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Say what it covers."},
    )
    scope = forms.CharField(
        label="What it is for",
        max_length=500,
        help_text="As the form says it, without names.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    accounts = forms.ModelMultipleChoiceField(
        Account.objects.none(),
        label="Where it may be published",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the accounts that the form allows."},
    )
    signed_on = _day("Signed on")
    last_day = _day(
        "Last day",
        "Leave it empty only if the form names an event; then say above which.",
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, unit: Unit) -> None:
        super().__init__(data)
        self.unit = unit
        accounts = unit.accounts.exclude(state="retired")
        self.fields["accounts"].queryset = accounts  # type: ignore[attr-defined]

    @property
    def signed(self) -> Signed:
        """What was filled in, once it is valid."""
        filled = dict(self.cleaned_data)
        last = filled.pop("last_day")
        return Signed(
            unit=self.unit,
            covers=frozenset(filled.pop("covers")),
            accounts=frozenset(filled.pop("accounts")),
            expires_at=last and _end_of(last),
            **filled,
        )


class RevokeForm(Form):
    """How and when it was revoked."""

    reason = forms.CharField(
        label="How and when was it revoked?",
        max_length=300,
        help_text="Such as “By letter of 3 May”. No names.",
        error_messages={"required": "Say how it was revoked, and when."},
    )


def _end_of(day: date) -> datetime:
    """The midnight after a day, in the hospital's own zone."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return midnight.replace(tzinfo=ZoneInfo(current().timezone)).astimezone(UTC)
