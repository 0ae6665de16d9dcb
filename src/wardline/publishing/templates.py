"""Reply templates: words cleared once, and the ones that Wardline brings along."""

from functools import cache
from pathlib import Path

import msgspec

from wardline.publishing.models import Draft

SHIPPED = Path(__file__).with_name("reply_templates.toml")
LANGUAGES = {"en": "English", "es": "Spanish"}


class Starter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template to begin with: when to use it, and its words."""

    situation: str
    language: str
    text: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    template: tuple[Starter, ...]


@cache
def starters() -> tuple[Starter, ...]:
    """The templates that Wardline brings along; each needs to be approved here."""
    found = msgspec.toml.decode(SHIPPED.read_bytes(), type=_File).template
    return tuple(
        msgspec.structs.replace(each, text=" ".join(each.text.split()))
        for each in found
    )


def is_cleared_template(draft: Draft, text: str | None = None) -> bool:
    """Whether a reply says exactly what an approved template of its unit says.

    Then nobody has to clear it again; what screening holds is held all the same.
    `text` is what it would say, where that is not saved yet.
    """
    template = draft.template
    return bool(
        draft.answers
        and template
        and template.state == "approved"
        and template.unit_id in (None, draft.unit_id)
        and (draft.text if text is None else text) == template.text
        and not draft.variants
        and not draft.pictures
    )
