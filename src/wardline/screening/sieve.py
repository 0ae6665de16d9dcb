"""Which expressions of one rule or signal are worth trying on a text, by RE2.

RE2 reads a text once for all of them, where `re` reads it for each alternative.
https://github.com/google/re2/blob/main/re2/set.h
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import re2

from wardline.screening.probe import Expression

MEMORY = 16 << 20
"""Bytes that one sieve may grow to. RE2 forgets states when they are spent; it would
find nothing only if a handful of states did not fit, hence the generous limit."""


class Sieve:
    """Made when first asked; threads may share one."""

    def __init__(
        self, expressions: Iterable[Expression], shapes: Iterable[str | None]
    ) -> None:
        """Sieve by the shape of each expression; one that has none always passes."""
        pairs = list(zip(expressions, shapes, strict=True))
        self._shaped = [(one, shape) for one, shape in pairs if shape is not None]
        self._shapeless = [one for one, shape in pairs if shape is None]

    def worth(self, folded: bytes) -> list[Expression]:
        """The expressions that may match: every one that does, and a few more."""
        found = self._match(folded)
        if not found:  # so it is with most
            return self._shapeless
        return [self._shaped[number][0] for number in found] + self._shapeless

    @cached_property
    def _match(self) -> Callable[[bytes], Sequence[int]]:
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        options.max_mem = MEMORY
        shapes = re2.Set.SearchSet(options)
        for expression, shape in self._shaped:
            shapes.Add(shape if expression.case else f"(?i){shape}")
        shapes.Compile()
        # What `Match` itself adds takes longer than the matching.
        return shapes._set.Match  # type: ignore[no-any-return]  # noqa: SLF001
