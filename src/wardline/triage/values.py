"""What goes into triage and what comes out: comments and verdicts."""

from typing import Literal, get_args

import msgspec

Label = Literal[
    "crisis-escalate",
    "phi-in-comment",
    "abuse",
    "spam",
    "criticism-keep",
    "needs-reply",
    "off-topic",
    "ok",
]
LABELS: tuple[Label, ...] = get_args(Label)
"""In order: the first that applies is the comment's."""


class Comment(msgspec.Struct, frozen=True):
    """A comment with what it answers; any `str` is welcome."""

    post_text: str
    comment: str
    author: str = ""
    """A name or a number that tells authors apart; empty where it is not known."""
    history: tuple[str, ...] = ()
    """Earlier comments of the author, the oldest first."""
    channel: str = ""
    language: str = ""
    id: str | int | None = None
    """Comes back unchanged."""


class Verdict(msgspec.Struct, frozen=True):
    """What a comment is taken for; a person confirms every removal but spam's."""

    label: Label
    scores: dict[Label, float]
    """Every label's own score from 0 to 1, in the order of `LABELS`."""
    reasons: tuple[str, ...]
    """Plain sentences, the weightiest first; never empty."""
