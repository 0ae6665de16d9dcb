"""The forms of the registry: an account's particulars, and its sign-in."""

from collections.abc import Mapping
from typing import Any

from django import forms

from wardline import channels
from wardline.people.models import Person, Unit
from wardline.registry.models import Account
from wardline.registry.particulars import Particulars
from wardline.web.forms import Form
from wardline.web.kinds import KINDS


def ways() -> list[tuple[str, str]]:
    """The channels by their names."""
    return [(key, one.capabilities.label) for key, one in channels.all().items()]


class AccountForm(Form):
    """What the registry keeps of an account."""

    unit = forms.ModelChoiceField(Unit.objects.all(), empty_label="Choose a unit")
    name = forms.CharField(label="Name that readers see", max_length=120)
    channel = forms.ChoiceField(
        label="How posts get there",
        choices=ways,
        help_text="By hand: for sites that Wardline cannot post to itself.",
    )
    kind = forms.ChoiceField(label="Kind of site", choices=KINDS)
    url = forms.URLField(
        label="Address",
        max_length=300,
        assume_scheme="https",
        help_text="The page that the public sees, with https://.",
        error_messages={"invalid": "Copy the whole address; it begins with https://."},
    )
    official_email = forms.EmailField(
        label="Official e-mail address",
        help_text="The work address with which the account was opened.",
    )
    owner = forms.ModelChoiceField(Person.objects.none(), empty_label="Choose a person")
    deputy = forms.ModelChoiceField(
        Person.objects.none(),
        empty_label="Choose a person",
        help_text="Acts when the owner is away.",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, account: Account | None = None
    ) -> None:
        super().__init__(data, initial=_initial(account))
        members = Person.objects.filter(is_active=True, memberships__isnull=False)
        for name in ("owner", "deputy"):
            field = self.fields[name]
            field.queryset = members.distinct().order_by("name")  # type: ignore[attr-defined]

    @property
    def particulars(self) -> Particulars:
        """What was filled in, as the step takes it."""
        return Particulars(**self.cleaned_data)


class CredentialForm(Form):
    """The sign-in of an account; it is never shown again."""

    username = forms.CharField(
        label="User name at the channel",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label="Application password",
        help_text="Made at the channel for Wardline alone. It is sealed, never shown.",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def _initial(account: Account | None) -> dict[str, Any]:
    names = AccountForm.base_fields
    return {name: getattr(account, name) for name in names} if account else {}
