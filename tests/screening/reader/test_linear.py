"""Products in eight bits are near those in full, and the same on every processor."""

import numpy as np
import pytest

from wardline.screening.reader.linear import Linear


@pytest.mark.parametrize("rows", [0, 1, 7, 160])
def test_the_product_is_near_the_full_one(rows: int) -> None:
    chance = np.random.default_rng(3)
    weight = chance.integers(-127, 127, (48, 96)).astype(np.int8)
    scale, bias = chance.random((2, 48), np.float32)
    given = chance.normal(size=(rows, 96)).astype(np.float32)
    full = given @ (weight * scale[:, None]).T + bias
    found = Linear.of(weight, scale, bias)(given)
    assert found.shape == full.shape
    assert np.abs(found - full).max(initial=0) < 0.01 * np.abs(full).max(initial=1)


def test_a_row_of_nothing_gives_the_bias() -> None:
    one = np.ones((1, 4), np.int8)
    layer = Linear.of(one, np.ones(1, np.float32), np.full(1, 0.5, np.float32))
    assert layer(np.zeros((1, 4), np.float32)).tolist() == [[0.5]]
