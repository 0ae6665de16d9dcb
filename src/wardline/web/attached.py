"""What patients allowed, beside the draft that shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils import timezone

from wardline.people.models import Unit
from wardline.publishing.authorizations import COVERS, objection, shown, usable
from wardline.publishing.models import Authorization, Draft


@dataclass(frozen=True, slots=True)
class Attached:
    """The authorizations of a draft; `problem` says why they do not suffice now.

    `tells` says that by what was found the draft shows a patient.
    """

    rows: Sequence[Authorization]
    problem: str
    tells: bool


def attached(draft: Draft) -> Attached:
    """What the page of a draft shows."""
    return Attached(
        rows=list(draft.authorizations.all()),
        problem=objection(draft, draft.planned_at or timezone.now()),
        tells=bool(shown(draft)),
    )


def authorizations_field(unit: Unit, draft: Draft | None) -> forms.Field:
    """The unit's valid ones, and those that the draft has already."""
    good = Q(pk__in=usable(unit.pk).values("pk"))
    own = Q(pk__in=draft.authorizations.values("pk")) if draft else Q(pk__in=[])
    field = forms.ModelMultipleChoiceField(
        Authorization.objects.filter(good | own),
        label="Signed authorizations",
        help_text="Needed where the post tells a patient's story or shows one.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field.label_from_instance = _named  # type: ignore[assignment,method-assign]
    return field


def _named(row: Authorization) -> str:
    return f"{row.reference}: {covered(row)}"


def covered(row: Authorization) -> str:
    """What it covers, in words: "the story, pictures and film"."""
    return ", ".join(
        words.lower() for key, words in COVERS.items() if key in row.covers
    )
