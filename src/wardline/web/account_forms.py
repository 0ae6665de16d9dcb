"""The forms of the registry: an account's particulars, reasons, and its sign-in."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings

from wardline import channels
from wardline.people.access import Actor
from wardline.people.models import Person, Unit
from wardline.people.roles import Role
from wardline.registry.models import Account
from wardline.registry.particulars import Particulars
from wardline.web.drafts import writes_for
from wardline.web.forms import Form
from wardline.web.kinds import KINDS

GROUPS = {
    "The account": (
        *("unit", "name", "channel", "kind", "url", "handle", "platform_id"),
        "official_email",
    ),
    "Who answers for it": ("owner", "deputy", "contacts"),
    "For readers": ("description", "audience", "language", "tags", "fundraising"),
    "For the registrar": ("notes", "note"),
}


def ways() -> list[tuple[str, str]]:
    """The channels by their names."""
    return [(key, one.capabilities.label) for key, one in channels.all().items()]


class AccountForm(Form):
    """What the registry keeps of an account; `note` goes with a request or a change.

    A registrar chooses among all units and people and keeps notes; an author chooses
    among the own units and says what the registrar should know.
    """

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
    handle = forms.CharField(
        required=False,
        max_length=120,
        help_text="Without the @. Empty: read from the address.",
    )
    platform_id = forms.CharField(
        label="The site's own id",
        required=False,
        max_length=200,
        help_text="Stays the same when the handle changes: a number or a DID.",
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
    contacts = forms.CharField(
        label="Contacts for the public",
        required=False,
        max_length=300,
        help_text="Such as a telephone number or an e-mail address.",
    )
    description = forms.CharField(
        label="What it is for",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.CharField(
        label="Readers", required=False, max_length=200, help_text="For whom it is."
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, initial="en")
    tags = forms.CharField(
        required=False, max_length=200, help_text="With commas between them."
    )
    fundraising = forms.BooleanField(
        label="It asks for donations",
        required=False,
        help_text="Then the Development Office has to consent as well.",
    )
    notes = forms.CharField(
        required=False,
        max_length=2000,
        help_text="Only registrars and auditors see them.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label="What should the registrar know?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        actor: Actor,
        data: Mapping[str, Any] | None = None,
        account: Account | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(account))
        self.kept_notes = account.notes if account else ""
        units, people = Unit.objects.all(), Person.objects.filter(is_active=True)
        if actor.has(Role.REGISTRAR):
            people = people.filter(memberships__isnull=False)
            del self.fields["note"]
        else:
            units = units.filter(pk__in=writes_for(actor))
            people = people.filter(memberships__unit__in=units)
            del self.fields["notes"]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        for name in ("owner", "deputy"):
            field = self.fields[name]
            field.queryset = people.distinct().order_by("name")  # type: ignore[attr-defined]
        self._keep_choice("language", account)

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields below their headings."""
        for heading, names in GROUPS.items():
            yield heading, [self[name] for name in names if name in self.fields]

    @property
    def particulars(self) -> Particulars:
        """What was filled in, as the step takes it."""
        given = {"notes": self.kept_notes, **self.cleaned_data}
        given.pop("note", None)
        return Particulars(**given)

    @property
    def note_given(self) -> str:
        """What the author tells the registrar."""
        return str(self.cleaned_data.get("note", ""))

    def clean_tags(self) -> tuple[str, ...]:
        """The words between the commas, each once."""
        words = (" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(","))
        return tuple(dict.fromkeys(word for word in words if word))

    def clean_handle(self) -> str:
        """The handle without its @."""
        return str(self.cleaned_data["handle"]).lstrip("@")

    def _keep_choice(self, name: str, account: Account | None) -> None:
        """Offer what an import brought, though we would not."""
        field, value = self.fields[name], account and getattr(account, name)
        if value and value not in dict(field.choices):  # type: ignore[attr-defined]
            field.choices = [*field.choices, (value, value)]  # type: ignore[attr-defined]


class ReasonForm(Form):
    """Why; kept on record."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, for those who look it up later."},
    )


class ReturnForm(Form):
    """What has to change before a version can be approved."""

    conditional = frozenset({"reason"})
    reason = forms.CharField(
        label="What has to change",
        required=False,
        max_length=500,
        help_text="Needed when you return it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


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
    expires_on = forms.DateField(
        label="Last day on which it works",
        help_text="If the channel set one. You are told 14, 7 and 1 days before.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _initial(account: Account | None) -> dict[str, Any]:
    """What is asked for and waits, or was asked for last; else what is on record."""
    if account is None:
        return {}
    names = set(AccountForm.base_fields) - {"note", "tags"}
    initial = {name: getattr(account, name) for name in names}
    initial["tags"] = account.tags
    asked = account.versions.first()
    if asked and (asked.state == "proposed" or account.state == "requested"):
        initial |= asked.particulars
        initial |= {n: initial[f"{n}_id"] for n in ("unit", "owner", "deputy")}
    return {**initial, "tags": ", ".join(initial["tags"])}
