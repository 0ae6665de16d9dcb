"""From the anchors that fire in a text to the rules worth trying on it."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from wardline.screening.plan import Anchored
from wardline.screening.scan import ID_BITS, ID_MASK, Scanner
from wardline.screening.shape import SEPARATOR

_BETWEEN = bytes([SEPARATOR])
_SPACES = re.compile(rb"\s+")
_UNCOMMON = re.compile(rb"[\t-\r]|  ")


class Index:
    """One scan for all rules."""

    def __init__(self, anchored: Anchored) -> None:
        """Load the database.

        Raises:
            DatabaseError: when this library on this processor cannot use it.
        """
        self._scanner = Scanner(anchored.database)
        self._owners = anchored.owners

    def announced(self, folded: bytes) -> set[str]:
        """The rules that anchors announce in one folded text."""
        names: set[str] = set()
        for event in self._scanner.events(_scannable(folded)):
            names.update(self._owners[event & ID_MASK])
        return names

    def announced_in(self, folded: Sequence[bytes]) -> Iterator[tuple[int, set[str]]]:
        """The rows of folded texts with announced rules, in order, with these."""
        texts = [_scannable(text) for text in folded]
        ends = accumulate(map(len, texts), lambda end, size: end + 1 + size)
        limits = enumerate(end << ID_BITS | ID_MASK for end in ends)
        row, limit = -1, -1
        names: set[str] = set()
        for event in self._scanner.events(_BETWEEN.join(texts)):
            if event > limit:
                if names:
                    yield row, names
                    names = set()
                while event > limit:
                    row, limit = next(limits)
            names.update(self._owners[event & ID_MASK])
        if names:
            yield row, names


def _scannable(folded: bytes) -> bytes:
    """A text with uncommon white space is scanned twice.

    Shapes take it as it is, words with the single spaces that they have themselves.
    """
    if _UNCOMMON.search(folded):
        return folded + _BETWEEN + _SPACES.sub(b" ", folded)
    return folded
