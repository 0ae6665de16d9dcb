"""Findings as a linter prints them: place, rule, message, the words underlined."""

import unicodedata
from collections.abc import Iterator

from wardline.screening.values import Finding

MARGIN = 60
"""Characters of the line that are shown on either side of a finding."""


def listed(name: str, text: str, finding: Finding) -> Iterator[str]:
    """The lines that show one finding in the text called `name`; lines count from 1."""
    start = text.rfind("\n", 0, finding.start) + 1
    line = text.count("\n", 0, start) + 1
    place = f"{name}:{line}:{finding.start - start + 1}"
    yield f"{place}: {finding.severity} {finding.rule}: {finding.message}"
    yield from _underlined(text, start, finding)
    yield f"    {finding.suggestion} [{', '.join(finding.clauses)}]"


def _underlined(text: str, start: int, finding: Finding) -> Iterator[str]:
    stop = text.find("\n", finding.start)
    stop = len(text) if stop < 0 else stop
    marked = text[finding.start : min(finding.end, stop)]
    low = max(start, finding.start - MARGIN)
    high = min(stop, finding.start + len(marked) + MARGIN)
    before = ("…" if low > start else "") + printable(text[low : finding.start])
    after = printable(text[finding.start + len(marked) : high])
    yield f"    {before}{printable(marked)}{after}{'…' if high < stop else ''}"
    yield f"    {' ' * _columns(before)}{'^' * max(1, _columns(printable(marked)))}"


def printable(text: str) -> str:
    """`text` without what could steer a terminal, one character for one."""
    return "".join(
        character if character.isprintable() else " " if character == "\t" else "�"
        for character in text
    )


def _columns(text: str) -> int:
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
