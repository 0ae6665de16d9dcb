"""Whether and where rules and signals hold in one text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from wardline.screening import matchers
from wardline.screening.cover import Cover, Span
from wardline.screening.fold import fold
from wardline.screening.probe import Need, Probe, Test
from wardline.screening.schema import Author, Lexicon
from wardline.screening.seek import Seeker
from wardline.screening.values import Context

# A full stop ends a sentence unless it stands after a title or an initial.
_SENTENCE_END = re.compile(
    r"[.!?](?<!\b[a-z]\.)(?<!\b(?:mr|ms|dr|sr|st|pt|vs|no)\.)(?<!\b(?:mrs|rev|sra)\.)"
    r"[\"')\]]*\s+(?=\S)|\n\s*",
    re.IGNORECASE | re.ASCII,
)

_NOWHERE = Cover()


class Library:
    """What all texts share: the probes by name, and the matchers they ask."""

    def __init__(
        self, probes: Mapping[str, Probe], lexicons: Mapping[str, Lexicon]
    ) -> None:
        self.probes = probes
        self._lexicons = lexicons
        self._matchers: dict[str, matchers.Accepts] = {}

    def welcome(
        self, name: str, texts: Sequence[tuple[str, Context]], rows: Iterable[int]
    ) -> Iterable[int]:
        """Those of `rows` whose authors a rule is for."""
        authors = self.probes[name].authors
        if not authors:
            return rows
        return [row for row in rows if accepted(authors, texts[row][1])]

    def passes(self, tests: Iterable[Test], match: re.Match[str]) -> bool:
        """Whether `match` may stand."""
        return all(self._passes(test, match) for test in tests)

    def _passes(self, test: Test, match: re.Match[str]) -> bool:
        """A group that took no part is not asked."""
        groups = match.re.groupindex
        if test.group not in groups and test.group != "span":
            return True
        text = match[groups.get(test.group, 0)]
        return text is None or self._matcher(test.matcher)(text) is test.answer

    def _matcher(self, name: str) -> matchers.Accepts:
        if name not in self._matchers:
            self._matchers[name] = self._found(name)
        return self._matchers[name]

    def _found(self, name: str) -> matchers.Accepts:
        kind, _, lexicon = name.rpartition(":")
        if kind != "lexicon":
            return matchers.find(name)
        words = {fold(word).text.lower() for word in self._lexicons[lexicon].words}
        return lambda text: text.lower() in words


class Reading:
    """One folded text with its context; what is asked twice is worked out once."""

    __slots__ = (
        "_covers",
        "_ends",
        "_folded",
        "_library",
        "_look",
        "_worth",
        "context",
        "text",
    )

    def __init__(
        self,
        folded: bytes,
        context: Context,
        library: Library,
        look: Callable[[str, bytes], Sequence[Seeker]],
    ) -> None:
        """Read `folded`; `look` gives a signal's expressions that are worth trying."""
        self.text = folded.decode("ascii")
        self.context = context
        self._folded = folded
        self._library = library
        self._look = look
        self._worth: dict[str, Sequence[Seeker]] = {}
        self._covers: dict[str, Cover] = {}
        self._ends: list[int] | None = None

    def find(self, name: str, worth: Iterable[Seeker]) -> list[Span]:
        """The spans where a rule or signal holds, by the expressions `worth` trying."""
        probe = self._library.probes[name]
        found: list[Span] = []
        if not self._may_hold(probe):
            return found
        for one in worth:
            group = one.group
            for match in one.matches(self.text, self._folded):
                span = match.span(group)
                if (
                    span[0] < span[1]
                    and (not probe.tests or self._library.passes(probe.tests, match))
                    and self._surrounded(probe, span)
                ):
                    found.append(span)
        return found

    def allows(self, name: str, span: Span) -> bool:
        """Whether what a rule asks for around a span is there."""
        probe = self._library.probes[name]
        return self._may_hold(probe) and self._surrounded(probe, span)

    def shows(self, signal: str) -> bool:
        """Whether the text shows the signal anywhere."""
        return bool(self._where(signal))

    def sentence(self, start: int, end: int) -> Span:
        """The sentence, or the sentences, that a span lies in."""
        if self._ends is None:
            found = (match.end() for match in _SENTENCE_END.finditer(self.text))
            self._ends = [0, *found, len(self.text)]
        last = len(self._ends) - 1
        first = self._ends[bisect_right(self._ends, start, 0, last) - 1]
        return first, self._ends[bisect_left(self._ends, end, 0, last)]

    def _may_hold(self, probe: Probe) -> bool:
        """What can be said before any expression is tried."""
        if probe.authors and not accepted(probe.authors, self.context):
            return False
        for need in probe.needs:  # plain loops take half the time
            for signal in need.signals:
                if self._may_show(signal):
                    break
            else:
                return False
        return True

    def _may_show(self, signal: str) -> Sequence[Seeker]:
        worth = self._worth.get(signal)
        if worth is None:
            worth = self._worth[signal] = self._look(signal, self._folded)
        return worth

    def _surrounded(self, probe: Probe, span: Span) -> bool:
        for need in probe.needs:
            if not self._near(need, span):
                return False
        for bar in probe.bars:  # noqa: SIM110  (plain loops take half the time)
            if self._near(bar, span):
                return False
        return True

    def _near(self, need: Need, span: Span) -> bool:
        region = None
        for signal in need.signals:
            if not self._may_show(signal):  # so it is with most
                continue
            region = region or self._region(need, span)
            if self._where(signal).overlaps(*region):
                return True
        return False

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

    def _where(self, signal: str) -> Cover:
        cover = self._covers.get(signal)
        if cover is None:
            self._covers[signal] = _NOWHERE  # for a signal that asks for itself
            spans = self.find(signal, self._may_show(signal))
            cover = self._covers[signal] = Cover(spans) if spans else _NOWHERE
        return cover


def accepted(authors: Iterable[Author], context: Context) -> bool:
    """Whether each of `authors` is who writes."""
    for author in authors:  # noqa: SIM110  (a plain loop takes half the time)
        if not _accepts(author, context):
            return False
    return True


def _accepts(author: Author, context: Context) -> bool:
    if not author.accepts(context):
        return False
    role = author.author_role
    return not role or _role(role).search(context.author_role) is not None


@cache
def _role(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
