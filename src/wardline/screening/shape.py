"""The whole shape of a Python expression as a Hyperscan expression.

It may fire more often, never less: look-around goes, and so do open ends, for
Hyperscan reports every end of a match and `re` confirms it anyway.
https://intel.github.io/hyperscan/dev-reference/compilation.html#pattern-support
"""

import re
from collections.abc import Callable, Iterable, Sequence
from re import _constants as op
from re import _parser
from typing import Any

COUNTED = 4
"""Wider repeats lose their upper end: counting is what costs a database its size."""

Node = tuple[Any, Any]
"""What Python's own parser makes of an expression: an operator and its argument."""

SEPARATOR = 0
"""Stands between the texts of a buffer and in none of them; no shape crosses it."""

_CLASSES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\x01-\x2f\x3a-\x7f",
    op.CATEGORY_SPACE: r"\t-\r ",
    op.CATEGORY_NOT_SPACE: r"\x01-\x08\x0e-\x1f\x21-\x7f",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\x01-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f",
}
_EDGES = {op.AT_BOUNDARY: r"\b", op.AT_NON_BOUNDARY: r"\B"}
_LOOKS = (op.ASSERT, op.ASSERT_NOT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class ShapeError(ValueError):
    """An expression cannot be scanned for."""


def shape(pattern: str) -> str:
    """The Hyperscan expression for `pattern`.

    Raises:
        ShapeError: saying which part of it cannot be scanned for.
    """
    return _needed(_shorn(_parser.parse(pattern, re.ASCII), last=False))


def start(pattern: str) -> str:
    """The RE2 expression that matches from wherever `pattern` does.

    Raises:
        ShapeError: saying which part of it cannot be scanned for.
    """
    return _needed(_parser.parse(pattern, re.ASCII))


def _needed(nodes: Iterable[Node]) -> str:
    nodes = _shorn(nodes, last=True)
    if not nodes:
        raise ShapeError("no part of it has to be there")
    return _sequence(nodes)


def _shorn(nodes: Iterable[Node], *, last: bool) -> list[Node]:
    """`nodes` without what may be missing at one end; empty when all may be."""
    step = -1 if last else 1
    rest = list(nodes)[::step]
    while rest:
        instead = _least(rest[0], last=last)[::step]
        if instead == rest[:1]:
            if not _hides(rest, last=last):
                break
            instead = []
        rest[:1] = instead
    return rest[::step]


def _hides(nodes: Sequence[Node], *, last: bool) -> bool:
    """Whether only the edge of a word keeps the next node, which may be missing."""
    edge = nodes[0][0] is op.AT and len(nodes) > 1
    return edge and not _least(nodes[1], last=last)


def _least(node: Node, *, last: bool) -> list[Node]:
    """The least of one node at an end that every match still has."""
    kind, argument = node
    if kind in _LOOKS or (kind is op.AT and argument not in _EDGES):
        return []
    if kind in _REPEATS:
        low, _, body = argument
        if low <= 1:
            return list(body) if low else []
        return [(op.MAX_REPEAT, (low, low, body))]
    if kind is op.BRANCH:
        alternatives = [_shorn(branch, last=last) for branch in argument[1]]
        return [(kind, (None, alternatives))] if all(alternatives) else []
    if kind is op.SUBPATTERN:
        inside = _shorn(argument[3], last=last)
        return [(kind, (None, *argument[1:3], inside))] if inside else []
    return [node]


def _sequence(nodes: Iterable[Node]) -> str:
    return "".join(map(_written, nodes))


def _written(node: Node) -> str:
    kind, argument = node
    if kind in _REPEATS:
        low, high, body = argument
        most = high if high - low <= COUNTED else ""
        # RE2 need not read to the last end either.
        return f"(?:{_sequence(body)}){{{low},{most}}}?"
    if kind is op.SUBPATTERN:
        _, add, remove, body = argument
        return f"(?{_flags(add, remove)}:{_sequence(body)})"
    if kind in _LOOKS:
        return ""
    write = _WRITERS.get(kind)
    if write is None:
        reason = f"{str(kind).lower()} cannot be scanned for"
        raise ShapeError(reason)
    return write(argument)


def _flags(add: int, remove: int) -> str:
    return "i" if add & re.IGNORECASE else "-i" if remove & re.IGNORECASE else ""


def _any_of(members: Sequence[Node]) -> str:
    return f"[{''.join(map(_member, members))}]"


def _member(node: Node) -> str:
    kind, argument = node
    if kind is op.NEGATE:
        return rf"^\x{SEPARATOR:02x}"
    if kind is op.RANGE:
        return f"{_literal(argument[0])}-{_literal(argument[1])}"
    return _literal(argument) if kind is op.LITERAL else _CLASSES[argument]


def _literal(code: int) -> str:
    character = chr(code)
    return character if character.isalnum() else rf"\x{code:02x}"


_WRITERS: dict[Any, Callable[[Any], str]] = {
    op.ANY: lambda _: rf"[^\n\x{SEPARATOR:02x}]",
    op.AT: lambda place: _EDGES.get(place, ""),
    op.ATOMIC_GROUP: lambda body: f"(?:{_sequence(body)})",
    op.BRANCH: lambda argument: f"(?:{'|'.join(map(_sequence, argument[1]))})",
    op.IN: _any_of,
    op.LITERAL: _literal,
    op.NOT_LITERAL: lambda code: rf"[^{_literal(code)}\x{SEPARATOR:02x}]",
}
