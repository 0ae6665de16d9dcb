"""The labelled posts of tests/corpus, as its README describes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from wardline.screening import Context, Finding, Screener


class Label(msgspec.Struct, frozen=True):
    """One thing that should be found."""

    topic: str
    kind: str | None = None
    """Of patient-privacy, the kind of identifier."""
    quote: str | None = None
    """The shortest words that carry it; None where an absence is found."""


class Post(msgspec.Struct, frozen=True):
    """A text, who posts it where, and what a check should find in it."""

    id: str
    text: str
    context: Context
    expect: tuple[Label, ...]
    frame: tuple[str, ...] | None = None
    """What its writer says of it beside the labels; None where nothing was said."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A post and its alarms: the findings above `remind`."""

    post: Post
    alarms: tuple[Finding, ...]

    @property
    def expected(self) -> frozenset[str]:
        """The topics that should be reported."""
        return frozenset(label.topic for label in self.post.expect)

    @property
    def reported(self) -> frozenset[str]:
        """The topics that are."""
        return frozenset(alarm.topic for alarm in self.alarms)

    @property
    def clean(self) -> bool:
        """Whether nothing should be found."""
        return not self.post.expect

    def framed(self, tag: str) -> bool:
        """Whether the writer says so of the post."""
        return tag in (self.post.frame or ())


def read(folder: Path) -> list[Post]:
    """The posts of every JSONL file in `folder`.

    Raises:
        msgspec.MsgspecError: when a line is not a post.
    """
    decode = msgspec.json.Decoder(Post).decode
    return [
        decode(line)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_bytes().splitlines()
    ]


def check(screener: Screener, posts: Iterable[Post]) -> list[Checked]:
    """Every post with what the screener raises on it."""
    posts = list(posts)
    found = screener.check_many((post.text, post.context) for post in posts)
    return [
        Checked(post, tuple(one for one in findings if one.severity != "remind"))
        for post, findings in zip(posts, found, strict=True)
    ]
