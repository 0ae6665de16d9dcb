"""A folded text as word pieces, the vocabulary's longest known beginnings first.

WordPiece as in BERT, https://arxiv.org/abs/1810.04805, over folded text, which is
ASCII; capitals are told apart by a shape, for the vocabulary has none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wardline.screening.cover import Span

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
SHAPES = 4
"""Plain, Capitalised, ALL CAPITALS, and a piece that continues a word."""

_WORD = re.compile(r"(?P<tag>(?<=[#@])\w+)|[A-Za-z0-9]+|[^\sA-Za-z0-9]", re.ASCII)
_TAG_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|_", re.ASCII)
_LONGEST = 64
"""Characters of a word beyond which it is not looked up."""
_KEPT = 1 << 16


@dataclass(frozen=True, slots=True)
class Pieces:
    """Of each piece its number in the vocabulary, its shape and its span."""

    ids: list[int]
    shapes: list[int]
    spans: list[Span]

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, start: int, end: int) -> "Pieces":
        """The pieces from number `start` up to `end`."""
        return Pieces(
            self.ids[start:end], self.shapes[start:end], self.spans[start:end]
        )


class Vocabulary:
    """The pieces that are known."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Know the pieces in `numbers`; one that continues a word starts with ##."""
        self.numbers = numbers
        self.start, self.end = numbers[START], numbers[END]
        self._unknown = numbers[UNKNOWN]
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}

    def pieces(self, text: str) -> Pieces:
        """The pieces of a folded text; `#PrayForAna` is three words and a mark."""
        found = Pieces([], [], [])
        for start, word in _words(text):
            known = self._known.get(word)
            if known is None:
                known = self._learnt(word)
            shape, offset = _shape(word), start
            for number, length in known:
                found.ids.append(number)
                found.shapes.append(shape)
                found.spans.append((offset, offset + length))
                shape, offset = SHAPES - 1, offset + length
        return found

    def _learnt(self, word: str) -> tuple[tuple[int, int], ...]:
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[word] = known = self._split(word.lower())
        return known

    def _split(self, word: str) -> tuple[tuple[int, int], ...]:
        if len(word) > _LONGEST:
            return ((self._unknown, len(word)),)
        found: list[tuple[int, int]] = []
        start, mark = 0, ""
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self.numbers.get(mark + word[start:end])
                if number is not None:
                    break
            else:
                return ((self._unknown, len(word)),)
            found.append((number, end - start))
            start, mark = end, "##"
        return tuple(found)


def _words(text: str) -> Iterator[tuple[int, str]]:
    for match in _WORD.finditer(text):
        if match["tag"]:
            for part in _TAG_WORD.finditer(text, *match.span()):
                yield part.start(), part[0]
        else:
            yield match.start(), match[0]


def _shape(word: str) -> int:
    if not "A" <= word[0] <= "Z":
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1
