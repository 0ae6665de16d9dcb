"""Chances of labels agree with counting every path, and never leave 0 to 1."""

from itertools import product
from math import exp, isclose

from hypothesis import given
from hypothesis import strategies as st

from wardline.screening.naming.chain import Moves, marginals

WEIGHTS = [
    [1.0, 0.2, 0.5, -3.0],
    [0.1, 1.5, -1.0, -3.0],
    [0.3, -1.0, -2.0, 2.0],
    [0.2, -1.0, -2.0, 1.0],
]
ODDS = st.tuples(*[st.floats(-4, 4)] * 3)


@given(st.lists(ODDS, min_size=1, max_size=4))
def test_chances_are_those_of_all_paths_together(
    odds: list[tuple[float, float, float]],
) -> None:
    weight_of: dict[tuple[int, ...], float] = {}
    for path in product(range(4), repeat=len(odds)):
        steps = zip((0, *path), (*path, 0), strict=True)
        total = sum(WEIGHTS[a][b] for a, b in steps)
        total += sum((0.0, *one)[label] for one, label in zip(odds, path, strict=True))
        weight_of[path] = exp(total)
    whole = sum(weight_of.values())
    for at, chances in enumerate(marginals(odds, Moves(WEIGHTS))):
        for label, chance in zip((2, 3), chances, strict=True):
            share = sum(w for path, w in weight_of.items() if path[at] == label) / whole
            assert isclose(chance, share, rel_tol=1e-6, abs_tol=1e-9)


@given(st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 3), max_size=30))
def test_no_odds_are_too_steep(odds: list[tuple[float, float, float]]) -> None:
    for begins, goes_on in marginals(odds, Moves(WEIGHTS)):
        assert 0.0 <= begins + goes_on <= 1.0 + 1e-9
