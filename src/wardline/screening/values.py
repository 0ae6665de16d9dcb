"""What goes into a check and what comes out: the context and the findings."""

from typing import Literal

import msgspec

Mode = Literal["personal", "official"]
Channel = Literal[
    "network",
    "blog",
    "microblog",
    "forum",
    "wiki",
    "photo",
    "video",
    "virtual-world",
    "email",
]
Severity = Literal["hold", "advise", "remind"]


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who posts where; a missing field means an employee on a personal account."""

    mode: Mode = "personal"
    """`official` is an account of the hospital."""
    channel: Channel = "network"
    author_role: str = ""
    """Free text: "night nurse"."""
    author_employer: bool = True
    """Whether the author is workforce of the hospital."""
    profile_disclaimer: bool = False
    """Whether the author's profile carries a disclaimer already."""
    reply: bool = False
    """Whether it answers somebody, who may be a patient."""


class Finding(msgspec.Struct, frozen=True):
    """One thing to look at; `text[start:end] == quote`, offsets in code points."""

    rule: str
    """`topic/rule`; its why, source and examples are `pack.rules[finding.rule]`."""
    topic: str
    kind: str | None
    """The kind of identifier for patient-privacy, else None."""
    start: int
    end: int
    quote: str
    severity: Severity
    """Never `hold` in personal mode: a personal draft is only ever advised."""
    clauses: tuple[str, ...]
    message: str
    suggestion: str
