"""Spans of a text that no longer know where one ended and the next began."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Span = tuple[int, int]
"""Half-open, in the folded text."""


class Cover:
    """What a set of spans covers; asking is logarithmic, however many there are."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any covered place lies in `[start, end)`."""
        first = bisect_right(self._ends, start)
        return first < len(self._starts) and self._starts[first] < end

    def add(self, start: int, end: int) -> None:
        """Cover a span that overlaps nothing covered yet."""
        place = bisect_left(self._starts, start)
        self._starts.insert(place, start)
        self._ends.insert(place, end)
