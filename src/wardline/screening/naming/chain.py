"""The probability of each label of each token: forward and backward over a chain.

https://arxiv.org/abs/1011.4088 , section 4.1; four labels, so the loops are written
out, which in Python is what makes them fast.
"""

from collections.abc import Sequence
from math import exp

Odds = tuple[float, float, float]
"""Log odds of X, B and I against O: another entity, begin, inside, outside."""
Chances = tuple[float, float]
"""That a token begins a name, and that it goes on with one."""

_STEEPEST = 60.0
"""Log odds beyond which `exp` says no more."""
_Row = tuple[float, float, float, float]


class Moves:
    """How likely one label follows another, by rows and by columns."""

    def __init__(self, weights: Sequence[Sequence[float]]) -> None:
        self.rows: list[_Row] = [_row([exp(one) for one in row]) for row in weights]
        self.columns: list[_Row] = [
            _row(column) for column in zip(*self.rows, strict=True)
        ]


def marginals(odds: Sequence[Odds], moves: Moves) -> list[Chances]:
    """For each token its chances; what stands around the tokens is outside."""
    emitted = [_emitted(one) for one in odds]
    ahead: list[_Row] = []
    row: _Row = (1.0, 0.0, 0.0, 0.0)
    for emission in emitted:
        row = _level(_times(_through(row, moves.columns), emission))
        ahead.append(row)
    back = moves.columns[0]
    chances: list[Chances] = []
    for row, emission in zip(reversed(ahead), reversed(emitted), strict=True):
        joint = _level(_times(row, back))
        chances.append(joint[2:])
        back = _level(_through(_times(back, emission), moves.rows))
    return chances[::-1]


def _emitted(odds: Odds) -> _Row:
    x, b, i = (exp(max(-_STEEPEST, min(_STEEPEST, one))) for one in odds)
    return 1.0, x, b, i


def _through(row: _Row, lines: Sequence[_Row]) -> _Row:
    a, b, c, d = row
    o, x, begin, inside = lines
    return (
        a * o[0] + b * o[1] + c * o[2] + d * o[3],
        a * x[0] + b * x[1] + c * x[2] + d * x[3],
        a * begin[0] + b * begin[1] + c * begin[2] + d * begin[3],
        a * inside[0] + b * inside[1] + c * inside[2] + d * inside[3],
    )


def _times(one: _Row, other: _Row) -> _Row:
    return one[0] * other[0], one[1] * other[1], one[2] * other[2], one[3] * other[3]


def _level(row: _Row) -> _Row:
    whole = row[0] + row[1] + row[2] + row[3]
    return row[0] / whole, row[1] / whole, row[2] / whole, row[3] / whole


def _row(values: Sequence[float]) -> _Row:
    o, x, b, i = values
    return o, x, b, i
