"""What goes to a channel and comes from it: posts, pictures, comments, and their keys."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

State = Literal["public", "hidden", "gone"]

_KEY = re.compile(r"(?:[a-z0-9]+-)*[a-z0-9]{6,}")
_KEY_LENGTH = 100
_PAGE = re.compile(r"https?://[^\s<>\"]+")
_LONGEST_URL = 500


@dataclass(frozen=True, slots=True)
class Media:
    """One picture: `kind` is its MIME type, `alt` says what it shows."""

    name: str
    kind: str
    alt: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """One publication as it goes out.

    `key` is the publication's own, the same at every attempt, and may show in the
    post's address (see `readable_key`); `text` is the plain form, `html` the rich one.
    A correction comes with the same two forms: `html` with what was struck, `text`
    beginning with the word Correction. A reply has no title.
    """

    key: str
    title: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    media: tuple[Media, ...] = ()

    def __post_init__(self) -> None:
        check_key(self.key)


@dataclass(frozen=True, slots=True)
class Remote:
    """A post or comment at the channel: its id there and where people read it.

    Sites tell us `url`, and our public pages link it: "" where it is no web address.
    """

    id: str
    url: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", _page(self.url))


@dataclass(frozen=True, slots=True)
class Reading:
    """A post as the channel shows it now.

    "hidden" is there but not for the public (draft, private, trash); "gone" is not
    there at all, and then the rest is empty.
    """

    state: State
    url: str = ""
    title: str = ""
    html: str = field(default="", repr=False)
    alts: tuple[str, ...] = ()
    """What its pictures show, in their order."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote under one of our posts, or in reply to it.

    `post_id` is the post's id at the channel; `parent_id` the comment's that it
    answers, or ""; `ours` if our own account wrote it; `at` is UTC. `url` is as a
    `Remote` has it.
    """

    id: str
    post_id: str
    parent_id: str
    author: str
    author_id: str
    at: datetime
    url: str
    text: str = field(repr=False)
    state: State = "public"
    ours: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", _page(self.url))


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments, oldest first, and the cursor to ask for later ones with."""

    items: tuple[Comment, ...]
    cursor: str


def check_key(key: str) -> None:
    """Refuse a key that could be mistaken for another publication's.

    Raises:
        ValueError: not lower-case words joined by hyphens, the last of 6 characters
            or more (sites append "-2" to a repeated address), 100 at most.
    """
    if len(key) > _KEY_LENGTH or not _KEY.fullmatch(key):
        message = f"not a publication key: {key!r}; make one with readable_key()"
        raise ValueError(message)


def readable_key(title: str, unique: str) -> str:
    """A key that reads like the title: `flu-clinic-opens-7f3k2m9q`.

    `unique` is 6 to 36 lower-case letters and digits that no other publication has.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    readable = "-".join(words)[:60].strip("-")
    key = f"{readable}-{unique}" if readable else unique
    check_key(key)
    return key


def _page(url: str) -> str:
    good = _PAGE.fullmatch(url) and len(url) <= _LONGEST_URL
    return url if good else ""
