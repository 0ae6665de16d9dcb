"""What an author fills in: words, pictures, accounts, window, offices to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.forms.boundfield import BoundField, BoundWidget

from wardline import channels
from wardline.institution import current
from wardline.people.models import Unit
from wardline.publishing.content import Content
from wardline.publishing.models import Draft
from wardline.registry.models import Account
from wardline.web.attached import authorizations_field
from wardline.web.forms import Form
from wardline.web.picture_fields import (
    PictureRow,
    chosen,
    picture_fields,
    picture_initial,
    picture_rows,
    pictured,
)

IN_USE = ("active", "due-for-review")
LONGEST = 100_000
TOO_LONG = "This is longer than any post. Shorten it."
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


@dataclass(frozen=True, slots=True)
class Place:
    """An account to choose, and the text of its own that it may have."""

    choice: BoundWidget
    account: Account
    own: BoundField

    @property
    def open(self) -> bool:
        """Whether its own text has to be seen: there is one, or it is wrong."""
        return bool(self.own.value() or self.own.errors)


class DraftForm(Form):
    """A draft of one unit; `version` is the one that the person was looking at."""

    title = forms.CharField(
        max_length=200, error_messages={"required": "Give the post a title."}
    )
    text = forms.CharField(
        label="Text",
        strip=False,
        help_text="You can use Markdown: **bold**, *italic*, [words](https://address).",
        validators=[MaxLengthValidator(LONGEST, TOO_LONG)],
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
        self.refused_picture = ""
        self.usable = list(unit.accounts.filter(state__in=IN_USE))
        if not draft and len(self.usable) == 1:
            self.initial["accounts"] = [self.usable[0].pk]
        self.fields["accounts"] = forms.TypedMultipleChoiceField(
            label="Publish on",
            coerce=int,
            choices=[(account.pk, _named(account)) for account in self.usable],
            disabled=bool(draft and (draft.corrects_id or draft.answers)),
            error_messages={"required": "Choose at least one account to publish on."},
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["authorizations"] = authorizations_field(unit, draft)
        if draft and draft.is_reply:  # it goes out without a title
            self.fields["title"].widget = forms.HiddenInput()
        for account in self.usable:
            self.fields[own_text(account)] = _own_text_field(account)
        self.pictures = chosen(data, unit, draft.pictures if draft else [])
        for number, picture in enumerate(self.pictures, start=1):
            self.fields |= picture_fields(number, picture)

    @property
    def content(self) -> Content:
        """What was filled in, once it is valid."""
        filled = self.cleaned_data
        accounts = [each for each in self.usable if each.pk in filled["accounts"]]
        own = {each.pk: filled[own_text(each)] for each in accounts}
        return Content(
            title=filled["title"],
            text=filled["text"],
            accounts=accounts,
            not_before=filled["not_before"],
            not_after=filled["not_after"],
            also_ask=filled["also_ask"],
            variants={pk: text for pk, text in own.items() if text.strip()},
            pictures=pictured(self.pictures, filled),
            authorizations=list(filled["authorizations"]),
        )

    @property
    def typed(self) -> Content:
        """What stands in the form as it is, valid or not."""
        raw = {name: self[name].value() for name in self.fields}
        ticked = {str(pk) for pk in raw["accounts"] or ()}
        accounts = [each for each in self.usable if str(each.pk) in ticked]
        own = {each.pk: raw[own_text(each)] or "" for each in accounts}
        return Content(
            title=raw["title"] or "",
            text=raw["text"] or "",
            accounts=accounts,
            also_ask=raw["also_ask"] or (),
            variants={pk: text for pk, text in own.items() if text.strip()},
            pictures=pictured(self.pictures, raw),
        )

    @property
    def places(self) -> list[Place]:
        """Every account in use, in the order of the choices."""
        choices = self["accounts"].subwidgets
        return [
            Place(choice, account, self[own_text(account)])
            for choice, account in zip(choices, self.usable, strict=True)
        ]

    @property
    def picture_rows(self) -> list[PictureRow]:
        """The pictures in their order, each with its fields."""
        return picture_rows(self, self.pictures)

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
        "authorizations": [row.pk for row in draft.authorizations.all()],
        "also_ask": draft.also_ask,
        "not_before": draft.not_before,
        "not_after": draft.not_after,
        "version": draft.version,
        **{f"own-{pk}": text for pk, text in draft.variants.items()},
        **picture_initial(draft.pictures),
    }


def own_text(account: Account) -> str:
    """The name of the field with the account's own text."""
    return f"own-{account.pk}"


def _own_text_field(account: Account) -> forms.CharField:
    return forms.CharField(
        label=f"Text for {account}",
        help_text="Leave it empty to publish the text above.",
        required=False,
        strip=False,
        validators=[MaxLengthValidator(LONGEST, TOO_LONG)],
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _named(account: Account) -> str:
    """The account's name and, in words, its channel."""
    return f"{account} ({channels.get(account.channel).capabilities.label})"
