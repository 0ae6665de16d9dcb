"""Which expressions of one rule or signal are worth trying on a text, by RE2.

RE2 reads a text once for all of them, where `re` reads it for each alternative.
https://github.com/google/re2/blob/main/re2/set.h
"""

from collections.abc import Sequence
from functools import cached_property

import re2

from wardline.screening.probe import Expression
from wardline.screening.shape import ShapeError, shape

MEMORY = 64 << 20
"""Bytes that one sieve may grow to. RE2 forgets states when they are spent; it would
find nothing only if a handful of states did not fit, hence the generous limit."""


class Sieve:
    """Made when first asked; threads may share one."""

    def __init__(self, expressions: Sequence[Expression]) -> None:
        self._expressions = expressions

    def worth(self, folded: bytes) -> Sequence[Expression]:
        """The expressions that may match: every one that does, and a few more."""
        found = self._set.Match(folded)
        return [self._shaped[number] for number in found or ()] + self._shapeless

    @cached_property
    def _set(self) -> re2.Set:
        """Of the shapes, in the order of `_shaped`."""
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        options.max_mem = MEMORY
        shapes = re2.Set.SearchSet(options)
        for expression in self._shaped:
            flags = "" if expression.case else "(?i)"
            shapes.Add((flags + shape(expression.source)).encode())
        shapes.Compile()
        return shapes

    @cached_property
    def _shaped(self) -> list[Expression]:
        return [one for one in self._expressions if _has_shape(one)]

    @cached_property
    def _shapeless(self) -> list[Expression]:
        """Those with a back reference, say, of which only `re` can tell."""
        return [one for one in self._expressions if not _has_shape(one)]


def _has_shape(expression: Expression) -> bool:
    try:
        shape(expression.source)
    except ShapeError:
        return False
    return True
