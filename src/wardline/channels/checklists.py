"""What a person does at each site that Wardline cannot reach: one file a site.

The files lie in `sites/` and name where their facts come from and when somebody looked.
Not a word was tried out with a program: sites move their buttons, so the steps name what
to look for.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from wardline.channels.contract import Capabilities, Kind
from wardline.channels.measure import Counting

_FOLDER = Path(__file__).with_name("sites")
_ELSEWHERE = "any"

Copied = Literal["", "title", "text", "alt", "link"]
"""What a step needs at hand: the post's own words, its pictures' or its address."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with what there is to copy for it."""

    do: str
    copy: Copied = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """How a person publishes, corrects, withdraws, answers and hides at one site.

    `fixed` is what cannot be changed there afterwards; `alt` where the words for
    those who cannot see a picture go.
    """

    label: str
    kind: Kind
    hosts: tuple[str, ...]
    titles: bool
    edit: bool
    media: int
    alt: str
    fixed: tuple[str, ...]
    sources: tuple[str, ...]
    looked_at: dt.date
    publish: tuple[Step, ...]
    correct: tuple[Step, ...]
    withdraw: tuple[Step, ...]
    answer: tuple[Step, ...]
    hide: tuple[Step, ...]
    max_length: int | None = None
    counted_in: Counting = "characters"

    @property
    def capabilities(self) -> Capabilities:
        """The same for those who ask what a channel can do."""
        return Capabilities(
            label=self.label,
            kind=self.kind,
            max_length=self.max_length,
            counted_in=self.counted_in,
            titles=self.titles,
            edit=self.edit,
            delete=True,
            media=self.media,
            by_hand=True,
        )


@cache
def every() -> dict[str, Checklist]:
    """The checklists by the name of their site, "any" for all other sites."""
    return {
        file.stem: msgspec.toml.decode(file.read_bytes(), type=Checklist)
        for file in sorted(_FOLDER.glob("*.toml"))
    }


def checklist(url: str) -> Checklist:
    """The one for the site of an account's or a post's address."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        host = ""
    for found in every().values():
        if any(host == each or host.endswith(f".{each}") for each in found.hosts):
            return found
    return every()[_ELSEWHERE]
