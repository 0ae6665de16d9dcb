"""How well names of people are found: on spans, on words, on texts that hold none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Span = tuple[int, int]


class Found(Protocol):
    """What a tagger answers: half-open code-point offsets."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point after the last."""


class Tagger(Protocol):
    """Anything that finds names in a text."""

    def names(self, text: str) -> Sequence[Found]:
        """The names of people in a text."""


class Gold(Protocol):
    """A labelled text."""

    @property
    def text(self) -> str:
        """What the tagger reads."""

    @property
    def people(self) -> tuple[Span, ...]:
        """The spans that are to be found."""

    @property
    def ignored(self) -> tuple[Span, ...]:
        """Spans that are neither right nor wrong."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over a data set; `overlapping` asks for a shared character, `exact` for the same span."""

    gold: int
    found: int
    gold_met: int
    """Gold spans that some found span overlaps."""
    found_met: int
    """Found spans that overlap some gold span."""
    exact: int

    @property
    def recall(self) -> float:
        """Gold spans met, of all gold spans."""
        return self.gold_met / max(self.gold, 1)

    @property
    def precision(self) -> float:
        """Found spans that meet a gold one, of all found."""
        return self.found_met / max(self.found, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0

    @property
    def exact_f1(self) -> float:
        """The F1 measure where only the very same span counts."""
        return 2 * self.exact / max(self.gold + self.found, 1)


def score(tagger: Tagger, examples: Iterable[Gold]) -> Score:
    """Measure a tagger on labelled texts."""
    gold = found = gold_met = found_met = exact = 0
    for example in examples:
        people = [
            span
            for span in example.people
            if not any(meets(span, one) for one in example.ignored)
        ]
        spans = [
            (name.start, name.end)
            for name in tagger.names(example.text)
            if not any(meets((name.start, name.end), span) for span in example.ignored)
        ]
        gold += len(people)
        found += len(spans)
        gold_met += sum(any(meets(span, one) for one in spans) for span in people)
        found_met += sum(any(meets(span, one) for one in people) for span in spans)
        exact += len({*spans} & {*people})
    return Score(gold, found, gold_met, found_met, exact)


def meets(one: Span, other: Span) -> bool:
    """Whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True, slots=True)
class Flagged:
    """How many texts that should hold no name got one."""

    texts: int
    flagged: int

    @property
    def share(self) -> float:
        """Flagged of all."""
        return self.flagged / max(self.texts, 1)


def flagged(tagger: Tagger, texts: Iterable[str]) -> Flagged:
    """Count the texts in which a name is found."""
    hits = [bool(tagger.names(text)) for text in texts]
    return Flagged(len(hits), sum(hits))
