"""Which expressions of one rule or signal are worth trying on a text, by RE2.

RE2 reads a text once for all of them, where `re` reads it for each alternative.
https://github.com/google/re2/blob/main/re2/set.h
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import re2

from wardline.screening.probe import Expression
from wardline.screening.seek import Seeker, options


class Sieve:
    """Made when first asked; threads may share one."""

    def __init__(
        self, expressions: Iterable[Expression], shapes: Iterable[str | None]
    ) -> None:
        """Sieve by the shape of each expression; one that has none always passes."""
        self._all = list(map(Seeker, expressions, shapes))
        self._shaped = [one for one in self._all if one.shape]
        self._shapeless = [one for one in self._all if not one.shape]
        self._single = self._all[0].shows if len(self._all) == 1 else None

    def worth(self, folded: bytes) -> Sequence[Seeker]:
        """The expressions that may match: every one that does, and a few more."""
        if self._single:  # needs no set beside what seeks it
            return self._all if self._single(folded) else ()
        found = self._match(folded)
        if not found:  # so it is with most
            return self._shapeless
        if len(found) == len(self._all):
            return self._all
        return [self._shaped[number] for number in found] + self._shapeless

    @cached_property
    def _match(self) -> Callable[[bytes], Sequence[int]]:
        shapes = re2.Set.SearchSet(options())
        for one in self._shaped:
            shapes.Add(one.shape)
        shapes.Compile()
        # What `Match` itself adds takes longer than the matching.
        return shapes._set.Match  # type: ignore[no-any-return]  # noqa: SLF001
