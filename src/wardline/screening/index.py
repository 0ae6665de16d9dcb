"""From the anchors that fire in a text to the expressions worth trying on it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate

from wardline.screening.plan import Anchored
from wardline.screening.probe import Expression, Probe
from wardline.screening.scan import ID_BITS, ID_MASK, Scanner
from wardline.screening.shape import SEPARATOR

Worth = Mapping[str, Sequence[Expression]]
"""By rule: its expressions that are worth trying."""
Groups = tuple[frozenset[int], ...]
"""Anchors of which one of each group has to fire."""

_BETWEEN = bytes([SEPARATOR])
_SPACES = re.compile(rb"\s+")
_UNCOMMON = (b"  ", b"\n", b"\t", b"\r", b"\v", b"\f")


class Index:
    """One scan for a set of rules or signals."""

    def __init__(self, anchored: Anchored, probes: Mapping[str, Probe]) -> None:
        """Load the database.

        Raises:
            DatabaseError: when this library on this processor cannot use it.
        """
        self._scanner = Scanner(anchored.database)
        self._wanted = {
            name: [
                (expression, tuple(map(frozenset, groups)))
                for expression, groups in zip(
                    probes[name].expressions, wanted, strict=True
                )
            ]
            for name, wanted in anchored.groups.items()
        }
        self._any = {
            name: _first_anchors(wanted) for name, wanted in self._wanted.items()
        }
        self._targets: dict[int, list[tuple[str, Expression, Groups]]] = {}
        for name, wanted in self._wanted.items():
            for expression, groups in wanted:
                for anchor in groups[0] if groups else ():
                    target = name, expression, groups[1:]
                    self._targets.setdefault(anchor, []).append(target)

    def fired(self, folded: bytes) -> set[int]:
        """The anchors that fire in one folded text."""
        events = self._scanner.events(_scannable(folded))
        return {event & ID_MASK for event in events}

    def fired_in(self, folded: Sequence[bytes]) -> Iterator[tuple[int, set[int]]]:
        """The rows of folded texts in which any anchor fires, in order, with these."""
        texts = [_scannable(text) for text in folded]
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

    def worth_trying(self, fired: Set[int]) -> Worth:
        """What anchors announce, for all that have some."""
        worth: dict[str, list[Expression]] = {}
        for anchor in fired & self._targets.keys():
            for name, expression, others in self._targets[anchor]:
                if not any(map(fired.isdisjoint, others)):
                    known = worth.setdefault(name, [])
                    if expression not in known:
                        known.append(expression)
        return worth

    def worth_trying_of(self, name: str, fired: Set[int]) -> list[Expression]:
        """The same for one rule or signal, with what needs no anchor."""
        anchors = self._any[name]
        if anchors is not None and anchors.isdisjoint(fired):
            return []
        return [
            expression
            for expression, groups in self._wanted[name]
            if not any(map(fired.isdisjoint, groups))
        ]


def _first_anchors(
    wanted: Iterable[tuple[Expression, Groups]],
) -> frozenset[int] | None:
    """Anchors without any of which nothing is worth trying; None where all may be."""
    groups = [groups for _, groups in wanted]
    return frozenset().union(*(g[0] for g in groups)) if all(groups) else None


def _scannable(folded: bytes) -> bytes:
    """A text with uncommon white space is scanned twice.

    Shapes take it as it is, words with the single spaces that they have themselves.
    """
    if any(map(folded.__contains__, _UNCOMMON)):
        return folded + _BETWEEN + _SPACES.sub(b" ", folded)
    return folded
