"""Tells cheaply whether a text is worth reading at all."""

from array import array
from collections.abc import Sequence
from itertools import pairwise

BUCKETS = 1 << 16
_PRIME = 40503
"""Spreads pairs of pieces over the buckets (Knuth's multiplicative hashing)."""


class Gate:
    """One weight for each piece and for each pair of neighbours, summed up."""

    def __init__(self, content: bytes) -> None:
        """Take a bias, the weights of pieces and those of buckets, as 32-bit floats."""
        weights = array("f", content)
        self._bias = weights[0]
        self._pieces = weights[1:-BUCKETS]
        self._pairs = weights[-BUCKETS:]

    def opens(self, ids: Sequence[int]) -> bool:
        """Whether the reader may see something in these pieces."""
        pieces, pairs = self._pieces, self._pairs
        total = self._bias
        for number in ids:
            total += pieces[number]
        for pair in pairwise(ids):
            total += pairs[bucket(*pair)]
        return total >= 0


def bucket(first: int, second: int) -> int:
    """Where a pair of pieces is counted."""
    return (first * _PRIME + second) % BUCKETS
