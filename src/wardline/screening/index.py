"""From the anchors that fire in a text to the expressions worth trying on it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate

from wardline.screening.plan import Anchored, Target
from wardline.screening.probe import Expression, Probe
from wardline.screening.scan import ID_BITS, ID_MASK, Scanner
from wardline.screening.shape import SEPARATOR

Worth = Mapping[str, Mapping[int, Expression]]
"""By rule or signal, then by number: its expressions that are worth trying."""

_BETWEEN = bytes([SEPARATOR])


class Index:
    """One scan for all rules, or for all signals."""

    def __init__(self, anchored: Anchored, probes: Mapping[str, Probe]) -> None:
        """Load the database.

        Raises:
            DatabaseError: when this library on this processor cannot use it.
        """
        self._scanner = Scanner(anchored.database)
        self._targets = [
            [_bound(target, probes) for target in targets]
            for targets in anchored.targets
        ]
        self._common = [_bound(target, probes) for target in anchored.common]

    def one(self, folded: bytes) -> Worth:
        """What is worth trying on one folded text."""
        events = self._scanner.events(_single_spaced(folded))
        return self._worth({event & ID_MASK for event in events})

    def many(self, folded: Sequence[bytes]) -> Iterator[tuple[int, Worth]]:
        """The rows on which anything is worth trying, in order, with what is."""
        for row, fired in self._rows([_single_spaced(text) for text in folded]):
            if worth := self._worth(fired):
                yield row, worth

    def _rows(self, texts: Sequence[bytes]) -> Iterator[tuple[int, set[int]]]:
        ends = list(accumulate(map(len, texts), lambda end, size: end + 1 + size))
        row, limit = 0, -1
        fired: set[int] = set()
        for event in self._scanner.events(_BETWEEN.join(texts)):
            if event > limit:
                if fired:
                    yield row, fired
                    fired = set()
                row = bisect_left(ends, event >> ID_BITS, row)
                limit = ends[row] << ID_BITS | ID_MASK
            fired.add(event & ID_MASK)
        if fired:
            yield row, fired

    def _worth(self, fired: Set[int]) -> Worth:
        worth: dict[str, dict[int, Expression]] = {}
        for name, number, expression, _ in self._common:
            worth.setdefault(name, {})[number] = expression
        for anchor in fired:
            for name, number, expression, others in self._targets[anchor]:
                if not (others and any(map(fired.isdisjoint, others))):
                    worth.setdefault(name, {})[number] = expression
        return worth


def _bound(
    target: Target, probes: Mapping[str, Probe]
) -> tuple[str, int, Expression, tuple[tuple[int, ...], ...]]:
    expression = probes[target.name].expressions[target.number]
    return target.name, target.number, expression, target.others


def _single_spaced(folded: bytes) -> bytes:
    """Anchors are words with single spaces between; few texts have others."""
    if b"  " in folded or b"\n" in folded or b"\t" in folded or b"\r" in folded:
        return b" ".join(folded.split())
    return folded
