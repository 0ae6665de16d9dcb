"""The forms of a draft's page: when to publish, why to correct or withdraw."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from wardline.institution import current
from wardline.publishing.times import utc_of
from wardline.web.forms import Form

NOW, LATER = "now", "later"


@cache
def zones() -> list[tuple[str, str]]:
    """Every IANA zone that has a place in its name, the hospital's own first."""
    home = current().timezone
    others = sorted(name for name in available_timezones() if "/" in name)
    names = [home, *(each for each in others if each != home)]
    return [(name, name.replace("_", " ")) for name in names]


class ScheduleForm(Form):
    """When to publish; a post's first time asks whether it may stay for ever."""

    conditional = frozenset({"date", "time"})
    moment = forms.ChoiceField(
        label="When",
        choices=[(NOW, "Now"), (LATER, "At a time I choose")],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    date = forms.DateField(
        required=False,
        error_messages={"required": "Choose the day."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        required=False,
        error_messages={"required": "Choose the time."},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    zone = forms.ChoiceField(label="Time zone", choices=zones)
    permanent = forms.BooleanField(
        label="I have read it once more. It may stay on the web for ever.",
        help_text="Copies outlive a deletion.",
        error_messages={"required": "Read it once more, then tick this box."},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, ask: bool) -> None:
        super().__init__(data)
        if data and data.get("moment") == LATER:
            self.fields["date"].required = self.fields["time"].required = True
        if not ask:
            del self.fields["permanent"]

    @property
    def at(self) -> datetime | None:
        """The chosen time in UTC, or None for now.

        Raises:
            PublishingError: the clock skips that time.
        """
        if self.cleaned_data["moment"] == NOW:
            return None
        day, clock = self.cleaned_data["date"], self.cleaned_data["time"]
        return utc_of(datetime.combine(day, clock), self.cleaned_data["zone"])


class CorrectForm(Form):
    """Why a published post is corrected."""

    reason = forms.CharField(
        label="What was wrong?",
        max_length=300,
        help_text="One sentence. Readers will see it.",
        error_messages={
            "required": "Say in a sentence what was wrong: readers will see it."
        },
    )


class WithdrawForm(Form):
    """Why a published post is taken down."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=300,
        help_text="One sentence. Readers will see it: name no patient.",
        error_messages={"required": "Give the reason: readers will see it."},
    )
    patient_data = forms.BooleanField(
        label="It contains patient data",
        help_text=(
            "From now on only the Privacy Office can read the text, here and on the "
            "public page."
        ),
        required=False,
    )
