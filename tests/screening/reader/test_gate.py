"""The gate adds up what it knows of pieces and of pairs of them."""

import numpy as np

from wardline.screening.reader.gate import BUCKETS, Gate, bucket


def gate(bias: float, pieces: list[float], pairs: dict[tuple[int, int], float]) -> Gate:
    buckets = np.zeros(BUCKETS, np.float32)
    for pair, weight in pairs.items():
        buckets[bucket(*pair)] = weight
    return Gate(np.concatenate([[bias], pieces, buckets]).astype(np.float32).tobytes())


def test_nothing_said_is_decided_by_the_bias_alone() -> None:
    assert not gate(-1, [0, 0], {}).opens([])
    assert gate(1, [0, 0], {}).opens([])


def test_a_telling_piece_opens_it() -> None:
    assert gate(-1, [0, 2], {}).opens([0, 1])
    assert not gate(-1, [0, 2], {}).opens([0, 0])


def test_two_harmless_pieces_may_tell_something_together() -> None:
    watchful = gate(-1, [0, 0], {(0, 1): 2})
    assert watchful.opens([0, 1])
    assert not watchful.opens([1, 0])
