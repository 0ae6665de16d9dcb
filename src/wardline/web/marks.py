"""A text cut into the pieces that findings cover, for marks beside the words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wardline.web.words import SEVERITIES


@dataclass(frozen=True, slots=True)
class Span:
    """Where finding `number` lies in a text: half-open code-point offsets."""

    number: int
    start: int
    end: int
    severity: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `severity` is the gravest mark on it, `ends` who ends here."""

    text: str
    severity: str = ""
    ends: tuple[Span, ...] = ()


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The whole text in order, cut wherever a span starts or ends.

    Of a span that reaches over an edge of the text, the part inside is marked.
    """
    inside = [replace(span, start=max(span.start, 0)) for span in spans]
    inside = [replace(span, end=min(span.end, len(text))) for span in inside]
    inside = [span for span in inside if span.start < span.end]
    edges = {0, len(text)}.union(*((span.start, span.end) for span in inside))
    return list(_cut(text, inside, sorted(edges)))


def _cut(text: str, spans: Sequence[Span], edges: Sequence[int]) -> Iterator[Piece]:
    begun, ended = (
        defaultdict[int, list[Span]](list),
        defaultdict[int, list[Span]](list),
    )
    for span in spans:
        begun[span.start].append(span)
        ended[span.end].append(span)
    over = Counter[str]()
    for start, end in pairwise(edges):
        over.update(span.severity for span in begun[start])
        over.subtract(span.severity for span in ended[start])
        gravest = next((each for each in SEVERITIES if over[each]), "")
        yield Piece(text[start:end], gravest, tuple(ended[end]))
