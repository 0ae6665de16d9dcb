"""Where one expression matches: RE2 finds where it may start, `re` says if it does.

RE2 reads on at one pace however many alternatives there are; `re` tries each of them
at each character. https://github.com/google/re2/blob/main/re2/re2.h
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

import re2

from wardline.screening.probe import Expression

MEMORY = 16 << 20
"""Bytes that RE2 may grow to for one expression, or one sieve. It forgets states when
they are spent; a sieve would find nothing only if a handful of states did not fit."""
READ = 100_000_000
"""Characters that RE2 may read in one text, should each search have to read to its
end; `re`, which has its own bounds, does the rest."""

_ANYWHERE = re2._re2.RE2.Anchor.UNANCHORED  # noqa: SLF001
_Search = Callable[[object, bytes, int, int], list[tuple[int, int]]]


class Seeker:
    """One expression, made ready when first asked; threads may share it."""

    def __init__(self, expression: Expression, shape: str | None) -> None:
        """Seek by a `shape` that starts wherever the expression does, if it has one."""
        self._expression = expression
        self.shape = shape and (shape if expression.case else f"(?i){shape}")

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """What tells the matches."""
        return self._expression.compiled

    @cached_property
    def group(self) -> int:
        """The number of the group that is reported."""
        return self.compiled.groupindex.get("span", 0)

    def shows(self, folded: bytes) -> bool:
        """Whether there may be a match anywhere."""
        search = self._search
        return not search or search(_ANYWHERE, folded, 0, len(folded))[0][0] >= 0

    def matches(self, text: str, folded: bytes) -> Iterator[re.Match[str]]:
        """All that `finditer` finds in `text`, of which `folded` are the bytes."""
        place, end, match = 0, len(folded), self.compiled.match
        for _ in range(READ // (end + 1)):
            if not self._search:
                break
            place = self._search(_ANYWHERE, folded, place, end)[0][0]
            if place < 0:
                return
            if not (found := match(text, place)):
                place += 1
            elif found.end() == place:  # nothing: what comes next is for `re` to say
                break
            else:
                yield found
                place = found.end()
        yield from self.compiled.finditer(text, place)

    @cached_property
    def _search(self) -> _Search | None:
        if self.shape is None:
            return None
        starts = re2._re2.RE2(self.shape.encode(), options())  # noqa: SLF001
        return starts.Match if starts.ok() else None


def options() -> re2.Options:
    """How RE2 is to read folded texts."""
    chosen = re2.Options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.max_mem = MEMORY
    return chosen
