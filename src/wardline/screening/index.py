"""From the anchors that fire in a text to the rules worth trying on it."""

import re
from collections.abc import Sequence
from itertools import accumulate

from wardline.screening.plan import Anchored
from wardline.screening.scan import ID_BITS, ID_MASK, Scanner
from wardline.screening.shape import SEPARATOR

_BETWEEN = bytes([SEPARATOR])
_SPACES = re.compile(rb"\s+")
_UNCOMMON = (b"\n", b"  ", b"\t", b"\r", b"\v", b"\f")


class Index:
    """One scan for all rules."""

    def __init__(self, anchored: Anchored) -> None:
        """Load the database.

        Raises:
            DatabaseError: when this library on this processor cannot use it.
        """
        self._scanner = Scanner(anchored.database)
        self._owners = anchored.owners

    def announced(self, folded: Sequence[bytes]) -> dict[str, list[int]]:
        """The rules that anchors announce, with the rows of their texts, in order."""
        texts = _scannable(folded)
        sizes = enumerate(accumulate(map(len, texts)))
        limits = [(row + size) << ID_BITS | ID_MASK for row, size in sizes]
        announced: dict[str, list[int]] = {}
        row = 0
        for event in self._scanner.events(_BETWEEN.join(texts)):
            while event > limits[row]:
                row += 1
            for name in self._owners[event & ID_MASK]:
                if name not in announced:
                    announced[name] = [row]
                elif announced[name][-1] != row:
                    announced[name].append(row)
        return announced


def _scannable(folded: Sequence[bytes]) -> Sequence[bytes]:
    """A text with uncommon white space is scanned twice.

    Shapes take it as it is, words with the single spaces that they have themselves.
    """
    everything = _BETWEEN.join(folded)  # to look for a mark in it takes no time
    marks = [mark for mark in _UNCOMMON if mark in everything]
    rows = {row for mark in marks for row, text in enumerate(folded) if mark in text}
    if not rows:
        return folded
    texts = list(folded)
    for row in rows:
        texts[row] += _BETWEEN + _SPACES.sub(b" ", texts[row])
    return texts
