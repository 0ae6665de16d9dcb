"""Python expressions in compiled form, to be kept: `re` itself keeps their source only.

https://github.com/python/cpython/blob/3.11/Lib/re/_compiler.py
"""

import _sre  # type: ignore[import-not-found]
import re
from array import array
from functools import cache
from re import _compiler, _parser  # type: ignore[attr-defined]

import msgspec

MAGIC = _sre.MAGIC
"""Changes with the form of the code."""
_WORDS = "I"


class Program(msgspec.Struct, frozen=True):
    """What `re.compile` makes of an expression."""

    flags: int
    code: bytes
    names: tuple[str | None, ...]
    """Of the groups, by their numbers, the whole match included."""


def program(source: str, flags: int) -> Program:
    """Compile `source`.

    Raises:
        re.error: when it is no expression.
    """
    tree = _parser.parse(source, flags)
    code = array(_WORDS, _compiler._code(tree, flags))  # noqa: SLF001
    numbers = {number: name for name, number in tree.state.groupdict.items()}
    names = tuple(map(numbers.get, range(tree.state.groups)))
    return Program(flags | tree.state.flags, code.tobytes(), names)


@cache
def loaded(source: str, kept: Program) -> re.Pattern[str]:
    """What `re.compile` gave, in a tenth of its time."""
    code = array(_WORDS)
    code.frombytes(kept.code)
    numbers = {name: number for number, name in enumerate(kept.names) if name}
    last = len(kept.names) - 1
    pattern: re.Pattern[str] = _sre.compile(
        source, kept.flags, code.tolist(), last, numbers, kept.names
    )
    return pattern
