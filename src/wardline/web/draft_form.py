"""What an author fills in: words, accounts, window, offices to ask as well."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator

from wardline import channels
from wardline.institution import current
from wardline.people.models import Unit
from wardline.publishing.content import Content
from wardline.publishing.models import Draft
from wardline.registry.models import Account
from wardline.web.forms import Form

IN_USE = ("active", "due-for-review")
LONGEST = 100_000
MOMENT = "%Y-%m-%dT%H:%M"
LATEST = datetime(9999, 1, 1, tzinfo=UTC)
"""A year later, UTC may lie beyond what the calendar holds."""


def offices() -> list[tuple[str, str]]:
    """The institution's offices: slug and name."""
    return [(slug, office.name) for slug, office in current().offices.items()]


def moment(label: str, hint: str) -> forms.DateTimeField:
    """A date and time in the hospital's zone, which may be left empty."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        required=False,
        widget=widget,
        validators=[MaxValueValidator(LATEST, "Choose a day that is nearer.")],
    )


class DraftForm(Form):
    """A draft of one unit; `version` is the one that the person was looking at."""

    title = forms.CharField(
        max_length=200, error_messages={"required": "Give the post a title."}
    )
    text = forms.CharField(
        label="Text",
        strip=False,
        help_text="You can use Markdown: **bold**, *italic*, [words](https://address).",
        validators=[
            MaxLengthValidator(LONGEST, "This is longer than any post. Shorten it.")
        ],
        error_messages={"required": "Write the text of the post."},
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    also_ask = forms.MultipleChoiceField(
        label="Also ask",
        help_text="Offices that should look at it, whatever is found.",
        required=False,
        choices=offices,
        widget=forms.CheckboxSelectMultiple,
    )
    not_before = moment("Not before", "Cleared for this time or later.")
    not_after = moment("Not after", "Cleared until this time only.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None, unit: Unit, draft: Draft | None = None
    ) -> None:
        super().__init__(data, initial=_initial(draft) if draft else {})
        self.usable = list(unit.accounts.filter(state__in=IN_USE))
        if not draft and len(self.usable) == 1:
            self.initial["accounts"] = [self.usable[0].pk]
        self.fields["accounts"] = forms.TypedMultipleChoiceField(
            label="Publish on",
            coerce=int,
            choices=[(account.pk, _named(account)) for account in self.usable],
            disabled=bool(draft and draft.corrects_id),
            error_messages={"required": "Choose at least one account to publish on."},
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def content(self) -> Content:
        """What was filled in, once it is valid."""
        chosen = self.cleaned_data["accounts"]
        return Content(
            title=self.cleaned_data["title"],
            text=self.cleaned_data["text"],
            accounts=[each for each in self.usable if each.pk in chosen],
            not_before=self.cleaned_data["not_before"],
            not_after=self.cleaned_data["not_after"],
            also_ask=self.cleaned_data["also_ask"],
        )

    @property
    def windowed(self) -> bool:
        """Whether the window has to be seen: it is set, or wrong."""
        names = ("not_before", "not_after")
        return any(self[name].value() or self[name].errors for name in names)


def _initial(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "text": draft.text,
        "accounts": [account.pk for account in draft.accounts.all()],
        "also_ask": draft.also_ask,
        "not_before": draft.not_before,
        "not_after": draft.not_after,
        "version": draft.version,
    }


def _named(account: Account) -> str:
    """The account's name and, in words, its channel."""
    return f"{account} ({channels.get(account.channel).capabilities.label})"
