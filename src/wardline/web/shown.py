"""Findings as a reader sees them: numbered, explained, with help beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from wardline.institution import current
from wardline.screening import Pack, default
from wardline.web.fixes import Help
from wardline.web.marks import Span

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


def shown(
    numbered: Iterable[tuple[int, Row]], helps: Sequence[Help | None] = ()
) -> list[Shown]:
    """The findings with their numbers; `helps` has one for each, or is empty."""
    pack = default().pack
    return [
        replace(_shown(pack, *one), help=help_)
        for one, help_ in zip_longest(numbered, helps)
    ]


def spans(numbered: Iterable[tuple[int, Row]], before: int = 0) -> list[Span]:
    """Where they lie in what follows the first `before` characters."""
    return [
        Span(number, one["start"] - before, one["end"] - before, one["severity"])
        for number, one in numbered
    ]


def fixable(findings: Iterable[Shown]) -> int:
    """How many of them one click settles."""
    return sum(bool(one.help and one.help.preview) for one in findings)


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
