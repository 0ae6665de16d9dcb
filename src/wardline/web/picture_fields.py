"""The pictures of a draft as an author fills them in: what each shows, and in which order.

https://www.w3.org/WAI/tutorials/images/decision-tree/
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from wardline.people.models import Unit
from wardline.publishing.content import Pictured
from wardline.publishing.models import Picture

FILE, PICTURE = "file", "picture"
"""Names of the fields: a file to add, and the SHA-256 of each picture that is there."""
ADD, EARLIER, REMOVE = "add-picture", "earlier", "remove"
"""Names of the buttons: add the file, put a picture one place forward, take it out."""
MOST = 20
LONGEST_ALT = 1500
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One picture of the form with its fields, numbered from 1."""

    number: int
    picture: Picture
    alt: BoundField
    patient: BoundField


def chosen(
    data: Mapping[str, Any] | None, unit: Unit, kept: Sequence[Mapping[str, Any]]
) -> list[Picture]:
    """The pictures of the form in order, as a pressed button leaves them.

    Without `data`, those that are `kept` with the draft. What is not a picture of the
    unit is left out.
    """
    if isinstance(data, QueryDict):
        sent = filter(_SHA256.fullmatch, data.getlist(PICTURE))
        wanted = _moved(list(dict.fromkeys(sent))[:MOST], data)
    else:
        wanted = [each["sha256"] for each in kept]
    rows = Picture.objects.filter(unit=unit, sha256__in=wanted).defer("content")
    found = {row.sha256: row for row in rows}
    return [found[sha256] for sha256 in wanted if sha256 in found]


def picture_fields(number: int, picture: Picture) -> dict[str, forms.Field]:
    """The two fields of one picture."""
    return {
        _alt(picture): forms.CharField(
            label=f"What picture {number} shows",
            help_text=(
                "For those who cannot see it: what matters in it, in a sentence. "
                "Words that stand in the picture belong here too."
            ),
            max_length=LONGEST_ALT,
            error_messages={
                "required": "Say what it shows, for those who cannot see it."
            },
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        _patient(picture): forms.BooleanField(
            label="A patient is in it, or somebody who may be one",
            help_text="Then it needs an authorization that covers pictures.",
            required=False,
        ),
    }


def picture_initial(kept: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a stored draft says of its pictures, by the names of the fields."""
    alts = {f"alt-{each['sha256']}": each["alt"] for each in kept}
    return alts | {f"patient-{each['sha256']}": each.get("patient") for each in kept}


def picture_rows(form: forms.Form, pictures: Sequence[Picture]) -> list[PictureRow]:
    """The pictures of a form with their fields."""
    return [
        PictureRow(number, each, form[_alt(each)], form[_patient(each)])
        for number, each in enumerate(pictures, start=1)
    ]


def pictured(pictures: Sequence[Picture], filled: Mapping[str, Any]) -> list[Pictured]:
    """What was filled in of the pictures, in order."""
    return [
        Pictured(
            sha256=each.sha256,
            alt=(filled[_alt(each)] or "").strip(),
            patient=bool(filled[_patient(each)]),
        )
        for each in pictures
    ]


def _moved(wanted: list[str], data: QueryDict) -> list[str]:
    if (gone := data.get(REMOVE)) in wanted:
        wanted.remove(gone)
    if (up := data.get(EARLIER)) in wanted:
        place = wanted.index(up)
        wanted.insert(max(place - 1, 0), wanted.pop(place))
    return wanted


def _alt(picture: Picture) -> str:
    return f"alt-{picture.sha256}"


def _patient(picture: Picture) -> str:
    return f"patient-{picture.sha256}"
