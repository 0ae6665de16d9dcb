"""The forms of a draft's page: when to publish, why to correct or withdraw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from wardline.web.forms import Form
from wardline.web.moments import MomentForm

NOW, LATER = "now", "later"


class ScheduleForm(MomentForm):
    """When to publish; a post's first time asks whether it may stay for ever.

    `planned` is the time that the form proposes, and its zone.
    """

    field_order = ("moment",)
    moment = forms.ChoiceField(
        label="When",
        choices=[(NOW, "Now"), (LATER, "At a time I choose")],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    permanent = forms.BooleanField(
        label="I have read it once more. It may stay on the web for ever.",
        help_text="Copies outlive a deletion.",
        error_messages={"required": "Read it once more, then tick this box."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        ask: bool,
        planned: tuple[datetime, str] | None = None,
    ) -> None:
        super().__init__(data, planned)
        if planned:
            self.initial["moment"] = LATER
        if data and data.get("moment") == NOW:
            self.fields["date"].required = self.fields["time"].required = False
        if not ask:
            del self.fields["permanent"]

    def clean(self) -> dict[str, Any]:
        """What is published now needs no moment."""
        now = self.cleaned_data.get("moment") == NOW
        return self.cleaned_data if now else super().clean()

    @property
    def when(self) -> datetime | None:
        """The chosen time in UTC, or None for now."""
        return None if self.cleaned_data["moment"] == NOW else self.at


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
