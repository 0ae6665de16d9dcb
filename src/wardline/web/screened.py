"""A text with its findings as a reader sees them: marks, reasons, offices called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from django.utils import timezone

from wardline.institution import current
from wardline.publishing.gate import AUTHOR, ROUTINE, Requirement, matter, requirements
from wardline.publishing.models import Revision
from wardline.publishing.screen import GAP
from wardline.screening import Pack, default
from wardline.web.fixes import FIX, Help
from wardline.web.marks import Piece, Span, pieces

Row = Mapping[str, Any]
"""A finding as it is stored with a revision."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding: `clauses` are (id, duty), `only_office` alone lifts its hold."""

    number: int
    severity: str
    quote: str
    message: str
    suggestion: str
    rule: str
    why: str
    source: tuple[str, str]
    clauses: tuple[tuple[str, str], ...]
    only_office: str
    help: Help | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """An office that must clear, and why in words."""

    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screened:
    """Everything to show beside one wording."""

    title: list[Piece]
    text: list[Piece]
    findings: list[Shown]
    offices: list[Called]

    @property
    def fixable(self) -> int:
        """How many findings one click settles."""
        return sum(bool(one.help and one.help.name == FIX) for one in self.findings)

    @property
    def held_by(self) -> list[str]:
        """The offices that alone may lift a hold on this wording."""
        return sorted({one.only_office for one in self.findings if one.only_office})

    @property
    def summary(self) -> str:
        """How much was found, in one sentence."""
        if not self.findings:
            return "Nothing found."
        holds = sum(one.severity == "hold" for one in self.findings)
        count = len(self.findings)
        found = f"{count} finding{'s' * (count > 1)}"
        return f"{found}, {holds or 'none'} of them on hold."


def screened(
    title: str,
    text: str,
    findings: Sequence[Row],
    needed: Sequence[Requirement] = (),
    helps: Sequence[Help] = (),
) -> Screened:
    """Lay the findings of `title`, a blank line and `text` out for a reader.

    `helps` has one for each finding, or is empty where the text cannot be changed.
    """
    pack = default().pack
    numbered = list(enumerate(findings, start=1))
    spans = [Span(n, one["start"], one["end"], one["severity"]) for n, one in numbered]
    body = len(title) + len(GAP)
    return Screened(
        title=pieces(title, spans),
        text=pieces(text, [_moved(span, -body) for span in spans]),
        findings=[
            replace(_shown(pack, number, one), help=help_)
            for (number, one), help_ in zip_longest(numbered, helps)
        ],
        offices=[
            Called(each.named(current()), reasons_in_words(each.reasons))
            for each in needed
        ],
    )


def screened_revision(revision: Revision) -> Screened:
    """The same for a wording that was stored."""
    draft = revision.draft
    asked = replace(
        matter(draft, draft.planned_at or timezone.now()),
        findings=revision.every_finding,
    )
    needed = requirements(asked, current())
    return screened(revision.title, revision.text, revision.findings, needed)


def reasons_in_words(called_by: Sequence[str]) -> tuple[str, ...]:
    """Why an office is called: topics by name, the author, or the routine."""
    topics = default().pack.topics
    words = {AUTHOR: "The author asks for it", ROUTINE: "Every official post"}
    for reason in called_by:
        topic = topics.get(reason.partition("/")[0])
        words.setdefault(reason, topic.title if topic else reason)
    return tuple(dict.fromkeys(words[reason] for reason in called_by))


def _moved(span: Span, by: int) -> Span:
    return Span(span.number, span.start + by, span.end + by, span.severity)


def _shown(pack: Pack, number: int, one: Row) -> Shown:
    rule = pack.rules.get(one["rule"])
    return Shown(
        number=number,
        severity=one["severity"],
        quote=one["quote"],
        message=one["message"],
        suggestion=one["suggestion"],
        rule=one["rule"],
        why=rule.why if rule else "",
        source=(rule.source.title, rule.source.url) if rule else ("", ""),
        clauses=tuple(
            (name, pack.clauses[name].duty if name in pack.clauses else "")
            for name in one["clauses"]
        ),
        only_office=_lifted_by(one),
    )


def _lifted_by(one: Row) -> str:
    if one["severity"] != "hold":
        return ""
    offices = current().offices.values()
    return next((o.name for o in offices if one["topic"] in o.lifts_holds), "")
