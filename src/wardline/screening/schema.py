"""The keys of a rule, a signal, a lexicon, a topic and a clause file."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from wardline.screening.values import Channel, Context, Mode, Severity

Text = Annotated[str, msgspec.Meta(min_length=1)]
Url = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s/]+")]
Characters = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Kind = Literal[
    "name",
    "date",
    "age-over-89",
    "location",
    "phone",
    "email",
    "ssn",
    "mrn",
    "account",
    "device",
    "url",
    "ip",
    "photo",
    "story",
]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table in which a misspelt key is an error."""


class Source(Data, frozen=True):
    """Where the knowledge comes from."""

    title: Text
    url: Url
    date: dt.date
    """The source's own date, or the day on which it was read."""


class Author(Data, frozen=True):
    """The author's context that a rule asks for; a key left out asks nothing."""

    mode: Mode | None = None
    channel: tuple[Channel, ...] = ()
    author_employer: bool | None = None
    profile_disclaimer: bool | None = None
    reply: bool | None = None
    author_role: str = ""
    """An expression that must be found in the role."""

    def accepts(self, context: Context) -> bool:
        """Whether `context` is what is asked for (`author_role` is not looked at)."""
        return (
            self.mode in (None, context.mode)
            and (not self.channel or context.channel in self.channel)
            and self.author_employer in (None, context.author_employer)
            and self.profile_disclaimer in (None, context.profile_disclaimer)
            and self.reply in (None, context.reply)
        )


class Match(Data, frozen=True):
    """What a rule or signal looks for in the folded text; any one is enough."""

    patterns: tuple[Text, ...] = ()
    """Python expressions; `(?P<span>…)` marks what is reported."""
    phrases: tuple[Text, ...] = ()
    """Plain words, matched as whole words with any white space between."""
    must: dict[str, str] = {}
    """Group name → matcher, or `lexicon:name`, that has to accept its text."""
    must_not: dict[str, str] = {}
    case: bool = False
    """Whether capitals matter."""
    read: str = ""
    """What the reader has to see, in place of patterns and phrases: one of its
    outputs, a topic or `patient-privacy/kind`."""


class Condition(Data, frozen=True):
    """A signal that has to be near a match (`with`) or must not be (`without`)."""

    any: tuple[Text, ...] = ()
    """Names of signals; one is enough."""
    patterns: tuple[Text, ...] = ()
    """Expressions of this rule alone; one is enough."""
    scope: Literal["sentence", "text"] | Characters = "sentence"
    side: Literal["either", "before", "after"] = "either"


class Example(Data, frozen=True):
    """A text with its context, and for one that fires the quote it must report."""

    text: Text
    quote: str = ""
    context: Context = Context()


class Signal(Data, frozen=True):
    """A named thing that texts show; rules ask for it or for its absence."""

    about: Text
    match: Match
    context: Author = Author()
    with_: tuple[Condition, ...] = msgspec.field(default=(), name="with")
    without: tuple[Condition, ...] = ()


class RuleFile(Data, frozen=True):
    """The keys of one rule file."""

    severity: Severity
    clauses: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    message: Text
    suggestion: Text
    why: Text
    source: Source
    match: Match
    fires: Annotated[tuple[Example, ...], msgspec.Meta(min_length=1)]
    passes: Annotated[tuple[Example, ...], msgspec.Meta(min_length=1)]
    kind: Kind | None = None
    context: Author = Author()
    with_: tuple[Condition, ...] = msgspec.field(default=(), name="with")
    without: tuple[Condition, ...] = ()
    report: Literal["span", "sentence"] = "span"
    """What the finding quotes: the span, or the whole sentence around it."""
    once: bool = False
    """Report only the first match in a text."""


class Rule(RuleFile, frozen=True, kw_only=True):
    """A rule with its name: the file's path below `rules/`, `topic/rule`."""

    id: str
    topic: str


class Lexicon(Data, frozen=True):
    """A word list; compared in lower case, folded."""

    source: Source
    words: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]


class Topic(Data, frozen=True):
    """One topic; the order of the topics in their file is their precedence."""

    title: Text
    about: Text
    labor_carve_out: bool = False
    """Whether talk about working conditions by employees silences it."""
    context: Author = Author()
    """Asked for by every rule of the topic."""
    with_: tuple[Condition, ...] = msgspec.field(default=(), name="with")
    without: tuple[Condition, ...] = ()
    silences: tuple[str, ...] = ()
    """Topics that are dropped from a text in which this one is found."""
    silences_on_same_span: tuple[str, ...] = ()
    """Topics whose overlapping findings are dropped."""


class Clause(Data, frozen=True):
    """A duty of the guideline document."""

    binds: Text
    duty: Text
