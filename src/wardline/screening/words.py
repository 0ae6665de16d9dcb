"""Words of which every match of an expression holds one.

The method is that of RE2's FilteredRE2,
https://github.com/google/re2/blob/main/re2/prefilter.h ; it is what lets one scan
for plain words stand for hundreds of expressions.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from re import _constants as op
from re import _parser
from typing import Any

Words = frozenset[str]
"""Lower case, white space as one space, EDGE at the edge of a word; one is in every
match."""

EDGE = "\0"
CROSSED, UNITED = 256, 600
"""How many strings a sequence and an alternation may spell out."""
FEW = 4
"""How many characters a class may have to be spelt out."""

_Read = tuple[Words | None, list[Words]]
"""All strings that can match, if they are few, else what a match has to hold."""
_NOTHING = frozenset({""})
_SPACE = frozenset({" "})


def required(pattern: str) -> list[Words]:
    """The sets of words of each of which a match of `pattern` holds at least one.

    A set with an empty string, which asks nothing, is left out.
    """
    spelt, needed = _sequence(_parser.parse(pattern, re.ASCII))
    useful = _useful(needed if spelt is None else [spelt])
    return [
        frozenset(re.sub(f" [ {EDGE}]*", " ", word) for word in words)
        for words in useful
    ]


def _useful(needed: Iterable[Words]) -> list[Words]:
    return [words for words in needed if all(w.strip(EDGE) for w in words)]


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> _Read:
    spelt, needed, whole = _NOTHING, [], True
    for node in nodes:
        part, inner = _node(*node)
        if part is not None and _fits(spelt, part):
            spelt = frozenset(one + other for one in spelt for other in part)
            continue
        needed += [spelt, *inner]
        spelt, whole = part or _NOTHING, False
    return (spelt, []) if whole else (None, [*needed, spelt])


def _fits(one: Words, other: Words) -> bool:
    return min(len(one), len(other)) == 1 or len(one) * len(other) <= CROSSED


def _node(kind: Any, argument: Any) -> _Read:  # noqa: ANN401  (an operator of re)
    read = _READERS.get(kind)
    return read(argument) if read else (None, [])


def _either(branches: list[_Read]) -> _Read:
    if all(spelt is not None for spelt, _ in branches):
        united = frozenset(chain.from_iterable(spelt for spelt, _ in branches if spelt))
        return (united, []) if len(united) <= UNITED else (None, [united])
    options = [
        _useful(inner if spelt is None else [spelt]) for spelt, inner in branches
    ]
    if not all(options):
        return None, []
    return None, [_rarest(options)]


def _rarest(options: Iterable[list[Words]]) -> Words:
    """One set for each alternative, that whose shortest word is longest, united."""
    chosen = [max(sets, key=lambda words: min(map(len, words))) for sets in options]
    return frozenset(chain.from_iterable(chosen))


def _class(members: Iterable[tuple[Any, Any]]) -> Words | None:
    characters = list(_characters(members))
    if None in characters or len(characters) > FEW:
        return None
    return frozenset(_character(code) for code in characters if code is not None)


def _character(code: int) -> str:
    character = chr(code).lower()
    return " " if character.isspace() else character


def _characters(members: Iterable[tuple[Any, Any]]) -> Iterator[int | None]:
    for kind, argument in members:
        if kind is op.LITERAL:
            yield argument
        elif argument is op.CATEGORY_SPACE:
            yield ord(" ")
        elif kind is op.RANGE and argument[1] - argument[0] < FEW:
            yield from range(argument[0], argument[1] + 1)
        else:
            yield None


def _repeat(low: int, high: int, body: Iterable[tuple[Any, Any]]) -> _Read:
    spelt, needed = _sequence(body)
    if spelt is not None and (high == 1 or spelt == _SPACE):
        return (spelt if low else spelt | _NOTHING), []
    if low == 0:
        return None, []
    return None, needed if spelt is None else [spelt]


_READERS: dict[Any, Callable[[Any], _Read]] = {
    op.ASSERT: lambda _: (_NOTHING, []),
    op.ASSERT_NOT: lambda _: (_NOTHING, []),
    op.AT: lambda at: (frozenset({EDGE if at is op.AT_BOUNDARY else ""}), []),
    op.ATOMIC_GROUP: _sequence,
    op.BRANCH: lambda branch: _either([_sequence(one) for one in branch[1]]),
    op.IN: lambda members: (_class(members), []),
    op.LITERAL: lambda code: (frozenset({_character(code)}), []),
    op.MAX_REPEAT: lambda repeat: _repeat(*repeat),
    op.MIN_REPEAT: lambda repeat: _repeat(*repeat),
    op.POSSESSIVE_REPEAT: lambda repeat: _repeat(*repeat),
    op.SUBPATTERN: lambda group: _sequence(group[3]),
}
