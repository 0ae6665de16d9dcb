"""Whether and where rules and signals hold in one text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from wardline.screening.probe import Expression, Need, Probe
from wardline.screening.schema import Author
from wardline.screening.values import Context

Span = tuple[int, int]
"""Half-open, in the folded text."""

# A full stop ends a sentence unless it stands after a title or an initial.
_SENTENCE_END = re.compile(
    r"(?<!\b[a-z]\.)(?<!\b(?:mr|ms|dr|sr|st|pt|vs|no)\.)(?<!\b(?:mrs|rev|sra)\.)"
    r"(?<=[.!?])[\"')\]]*\s+(?=\S)|\s*\n\s*",
    re.IGNORECASE | re.ASCII,
)


class Reading:
    """One folded text with its context; what is asked twice is worked out once."""

    __slots__ = ("_ends", "_signals", "_spans", "context", "text")

    def __init__(
        self, text: str, context: Context, signals: Mapping[str, Probe]
    ) -> None:
        self.text = text
        self.context = context
        self._signals = signals
        self._spans: dict[str, list[Span]] = {}
        self._ends: list[int] | None = None

    def find(
        self, probe: Probe, expressions: Iterable[Expression] | None = None
    ) -> Iterator[Span]:
        """The spans where `probe` holds, by expression; all of them unless told."""
        if not all(_accepts(author, self.context) for author in probe.authors):
            return
        for expression in probe.expressions if expressions is None else expressions:
            compiled = expression.compiled
            group = compiled.groupindex.get("span", 0)
            for match in compiled.finditer(self.text):
                span = match.span(group)
                if span[0] < span[1] and self._stands(probe, match, span):
                    yield span

    def shows(self, signal: str) -> bool:
        """Whether the text shows the signal anywhere."""
        return bool(self._where(signal))

    def sentence(self, start: int, end: int) -> Span:
        """The sentence, or the sentences, that a span lies in."""
        if self._ends is None:
            text = self.text
            self._ends = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
        first = self._ends[bisect_right(self._ends, start, hi=len(self._ends) - 1) - 1]
        return first, max(end, self._ends[bisect_left(self._ends, end)])

    def _stands(self, probe: Probe, match: re.Match[str], span: Span) -> bool:
        return (
            all(test.passes(match) for test in probe.tests)
            and all(self._near(need, span) for need in probe.needs)
            and not any(self._near(bar, span) for bar in probe.bars)
        )

    def _near(self, need: Need, span: Span) -> bool:
        low, high = self._region(need, span)
        return any(
            start < high and end > low
            for signal in need.signals
            for start, end in self._where(signal)
        )

    def _region(self, need: Need, span: Span) -> Span:
        start, end = span
        if need.scope == "text":
            low, high = 0, len(self.text)
        elif need.scope == "sentence":
            low, high = self.sentence(start, end)
        else:
            low, high = start - need.scope, end + need.scope
        if need.side == "before":
            return low, start
        return (end, high) if need.side == "after" else (low, high)

    def _where(self, signal: str) -> list[Span]:
        spans = self._spans.get(signal)
        if spans is None:
            self._spans[signal] = []  # a signal that asks for itself finds nothing
            spans = self._spans[signal] = list(self.find(self._signals[signal]))
        return spans


def _accepts(author: Author, context: Context) -> bool:
    if not author.accepts(context):
        return False
    role = author.author_role
    return not role or _role(role).search(context.author_role) is not None


@cache
def _role(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
