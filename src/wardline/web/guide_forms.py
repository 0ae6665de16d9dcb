"""The forms of the guide, one a step."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms

from wardline.people.models import Person, Unit
from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.guide import mail, naming
from wardline.registry.models import Account
from wardline.web.forms import Form
from wardline.web.guide_plan import Plan, units_of

LANGUAGES = [
    ("en", "English"),
    ("es", "Spanish"),
    ("pt", "Portuguese"),
    ("ht", "Haitian Creole"),
    ("zh", "Chinese"),
    ("vi", "Vietnamese"),
    ("ru", "Russian"),
    ("ar", "Arabic"),
]


class StepForm(Form):
    """A step: its title, its parts of the advice, and what is asked."""

    title: ClassVar[str]
    advice: ClassVar[tuple[str, ...]] = ()

    def __init__(self, plan: Plan, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(plan.typed))
        self.plan = plan
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the plan."""

    @property
    def typed(self) -> dict[str, Any]:
        """What was sent, field by field, for the session."""
        return {field.name: field.data for field in self}


class UnitForm(StepForm):
    """Whose account it is, and what for."""

    title = "Unit and purpose"
    unit = forms.ModelChoiceField(Unit.objects.none(), empty_label="Choose a unit")
    description = forms.CharField(
        label="What it is for",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Two or three sentences, for readers: the first one opens the About text.",
        error_messages={"required": "Say in a sentence what readers will find."},
    )
    audience = forms.CharField(
        label="Whom it is for",
        max_length=200,
        help_text="Such as: people with heart failure and their families.",
        error_messages={"required": "Say who is to read it."},
    )
    language = forms.ChoiceField(choices=LANGUAGES)
    fundraising = forms.BooleanField(
        label="It will ask for donations",
        required=False,
        help_text="Then the Development Office has to consent as well.",
    )

    def prepare(self) -> None:
        """Offer the units for which this person may ask."""
        units = units_of(self.plan.actor)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if units.count() == 1:
            self.initial.setdefault("unit", units[0].pk)


class NamesForm(StepForm):
    """Where it is, and what it is called."""

    title = "Name and handle"
    advice = ("naming", "handle")
    conditional = frozenset({"handle", "url"})
    site = forms.ChoiceField(label="Site")
    name = forms.CharField(
        label="Name that readers see",
        max_length=120,
        error_messages={"required": "Write the name that readers will see."},
    )
    handle = forms.CharField(
        max_length=120,
        required=False,
        help_text="Without the @. Leave it empty where the site has no handles.",
    )
    url = forms.CharField(
        label="Address",
        max_length=300,
        required=False,
        help_text="The page that the public will see. Leave it empty on a site that is "
        "named above: the handle makes it.",
    )

    def prepare(self) -> None:
        """Offer the sites of the kind."""
        sites = [(one.label, one.label) for one in self.plan.guide.sites]
        self.fields["site"].choices = sites  # type: ignore[attr-defined]

    @cached_property
    def verdicts(self) -> list[naming.Verdict]:
        """Every rule of naming, for what is typed now."""
        name, handle = self._now("name"), self._now("handle").lstrip("@")
        people = Person.objects.filter(is_active=True).values_list("name", flat=True)
        site = self.plan.guide.site(self._now("site"))
        return naming.judged(name, handle, site, people) if name or handle else []

    @property
    def broken(self) -> int:
        """How many rules that must be kept are not."""
        return sum(one.must and not one.kept for one in self.verdicts)

    def clean(self) -> dict[str, Any]:
        """Keep to the rules of naming, and to one account an address."""
        given = super().clean() or {}
        for verdict in self.verdicts:
            if verdict.must and not verdict.kept:
                self.add_error(verdict.field, verdict.advice)
        site = self.plan.guide.site(given.get("site", ""))
        given["handle"] = given.get("handle", "").lstrip("@")
        written = given.get("url") or site.address(given["handle"])
        bare = written and "://" not in written  # people leave https:// out
        given["url"] = f"https://{written.lstrip('/')}" if bare else written
        self._check_address(given["url"])
        return given

    def _check_address(self, url: str) -> None:
        if not url:
            self.add_error("url", "Write the address that the account will have.")
            return
        try:
            key = address.key(url)
        except RegistryError as error:
            self.add_error("url", str(error))
            return
        if Account.objects.filter(url_key=key).exists():
            taken = "It is on record already: look in the list of accounts."
            self.add_error("url", taken)

    def _now(self, field: str) -> str:
        return str((self[field].data if self.is_bound else self[field].value()) or "")


class PeopleForm(StepForm):
    """The official address, and who answers."""

    title = "Address and people"
    advice = ("address", "custody")
    official_email = forms.EmailField(
        label="Official e-mail address",
        help_text="The work address with which the account is opened.",
    )
    owner = forms.ModelChoiceField(Person.objects.none(), empty_label="Choose a person")
    deputy = forms.ModelChoiceField(
        Person.objects.none(),
        empty_label="Choose a person",
        help_text="Acts when the owner is away. Somebody missing? Your Wardline "
        "administrator adds them to the unit.",
    )
    contacts = forms.CharField(
        label="Where the public can turn",
        max_length=300,
        required=False,
        help_text="The unit's phone number or page.",
    )

    def prepare(self) -> None:
        """Offer the people of the unit, and this person as owner."""
        for name in ("owner", "deputy"):
            field = self.fields[name]
            field.queryset = self.plan.people  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = (
                "This person is not in the unit any more: choose somebody else."
            )
        self.initial.setdefault("owner", self.plan.actor.id)

    def clean_official_email(self) -> str:
        """Refuse what is no work address, with the reason."""
        written: str = self.cleaned_data["official_email"]
        if reason := mail.refusal(written):
            raise forms.ValidationError(reason)
        return written

    def clean_deputy(self) -> Person:
        """Refuse one person for both."""
        deputy: Person = self.cleaned_data["deputy"]
        if deputy == self.cleaned_data.get("owner"):
            raise forms.ValidationError("Owner and deputy must be two people.")
        return deputy


class PasswordForm(StepForm):
    """A password is made here and kept nowhere: nothing is asked."""

    title = "Sign up"
    advice = ("sign_up", "terms")


class AboutForm(StepForm):
    """What the About text begins with."""

    title = "About text"
    description = forms.CharField(
        label="What it is for",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence what readers will find."},
    )


class LookForm(StepForm):
    """How it looks: nothing is asked."""

    title = "Pictures and layout"
    advice = ("pictures", "layout", "accessibility")


class ChecklistForm(StepForm):
    """All that has to be ticked before the request is sent."""

    title = "Check list"
    advice = ("rhythm", "answering", "never", "closing")
    note = forms.CharField(
        label="A word to the registrar",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def prepare(self) -> None:
        """One field for each part of the list, all lines of which are needed."""
        note = self.fields.pop("note")
        for number, (title, lines) in enumerate(self.plan.guide.ticks.items()):
            self.fields[f"ticks-{number}"] = forms.MultipleChoiceField(
                label=title,
                choices=[(str(place), line) for place, line in enumerate(lines)],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["note"] = note

    def clean(self) -> dict[str, Any]:
        """Need every tick."""
        given = super().clean() or {}
        for number, lines in enumerate(self.plan.guide.ticks.values()):
            name = f"ticks-{number}"
            if left := len(lines) - len(given.get(name, [])):
                self.add_error(name, f"Do and tick all of these: {left} left.")
        return given
