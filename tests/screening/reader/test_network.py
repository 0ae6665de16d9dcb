"""The arithmetic agrees with BERT's, written out slowly."""

import numpy as np
import pytest
from numpy.typing import NDArray

from wardline.screening.outputs import OUTPUTS
from wardline.screening.reader.network import NOTHING, Network, Passage

Real = NDArray[np.float64]
SIZE, HEADS, WORDS = 8, 2, 20


@pytest.fixture
def weights() -> dict[str, NDArray[np.generic]]:
    chance = np.random.default_rng(7)

    def real(*shape: int) -> NDArray[np.float32]:
        return chance.normal(size=shape).astype(np.float32)

    made: dict[str, NDArray[np.generic]] = {
        "heads": np.array(HEADS),
        "layers": np.array(1),
        "first": np.array(0),
        "words": chance.integers(-127, 127, (WORDS, SIZE)).astype(np.int8),
        "words.scale": np.full(WORDS, 0.01, np.float32),
        "said": real(5, SIZE),
        "places": real(12, SIZE),
        "segments": real(2, SIZE),
        "shapes": real(4, SIZE),
        "gate": real(len(OUTPUTS)),
    }
    shapes = {
        "whole": (2 * SIZE, len(OUTPUTS)),
        "piece": (SIZE, len(OUTPUTS)),
        "exit": (2 * SIZE, 1),
    }
    for name, shape in shapes.items():
        made |= {name: real(*shape), f"{name}.bias": real(shape[1])}
    small = {
        "layer.0.mix": (3 * SIZE, SIZE),
        "layer.0.join": (SIZE, SIZE),
        "layer.0.widen": (4 * SIZE, SIZE),
        "layer.0.narrow": (SIZE, 4 * SIZE),
    }
    for name, shape in small.items():
        made[name] = chance.integers(-127, 127, shape).astype(np.int8)
        made |= {f"{name}.scale": real(shape[0]) / 100, f"{name}.bias": real(shape[0])}
    for name in ("norm", "layer.0.join.norm", "layer.0.narrow.norm"):
        made |= {f"{name}.weight": real(SIZE), f"{name}.bias": real(SIZE)}
    return made


def passage(*ids: int) -> Passage:
    shapes = np.array([number % 4 for number in ids])
    said = np.array([1, 4])
    return Passage(said, np.array(ids), shapes, np.array([0] + [1] * (len(ids) - 1)))


def slowly(w: dict[str, NDArray[np.generic]], read: Passage) -> tuple[Real, Real]:
    def of(name: str) -> Real:
        return w[name].astype(np.float64)

    def normal(values: Real, name: str) -> Real:
        centred = values - values.mean(1, keepdims=True)
        spread = np.sqrt((centred**2).mean(1, keepdims=True) + 1e-12)
        even: Real = centred / spread * of(f"{name}.weight") + of(f"{name}.bias")
        return even

    def linear(values: Real, name: str) -> Real:
        return values @ of(name) + of(f"{name}.bias")

    def layer(values: Real, name: str) -> Real:
        largest = np.abs(values).max(1, keepdims=True)
        rough = np.rint(values / largest * 127) * largest / 127
        made: Real = rough @ (of(name).T * of(f"{name}.scale")) + of(f"{name}.bias")
        return made

    x = of("words")[read.ids] * of("words.scale")[read.ids, None]
    x = x + of("places")[: len(read.ids)] + of("segments")[read.segments]
    x[0] += of("said")[read.said].sum(0)
    x = normal(x + of("shapes")[read.shapes], "norm")
    mixed, seen = layer(x, "layer.0.mix"), np.zeros_like(x)
    for head in range(HEADS):
        own = slice(head * SIZE // HEADS, (head + 1) * SIZE // HEADS)
        query, key, value = (
            mixed[:, n * SIZE : (n + 1) * SIZE][:, own] for n in range(3)
        )
        weight = np.exp(query @ key.T)
        seen[:, own] = weight / weight.sum(1, keepdims=True) @ value
    x = normal(x + layer(seen, "layer.0.join"), "layer.0.join.norm")
    wide = layer(x, "layer.0.widen")
    wide = wide / (1 + np.exp(-1.702 * wide))
    x = normal(x + layer(wide, "layer.0.narrow"), "layer.0.narrow.norm")
    pieces = linear(x, "piece")
    view = np.concatenate([x.mean(0), x[0]])[None]
    best = pieces[read.segments == 1].max(0)
    return linear(view, "whole")[0] + of("gate") * best, pieces


def test_nothing_to_read_has_no_scores(weights: dict[str, NDArray[np.generic]]) -> None:
    assert Network(weights).scores([]) == []


def test_scores_are_those_of_the_slow_way(
    weights: dict[str, NDArray[np.generic]],
) -> None:
    reads = [passage(1, 5, 9, 2), passage(1, 3), passage(*range(12))]
    for read, found in zip(reads, Network(weights).scores(reads), strict=True):
        for given, expected in zip(found, slowly(weights, read), strict=True):
            np.testing.assert_allclose(given, expected, rtol=0.02, atol=0.05)


def test_what_is_read_beside_it_changes_nothing(
    weights: dict[str, NDArray[np.generic]],
) -> None:
    network, read = Network(weights), passage(1, 5, 9, 2)
    ((alone, _),) = network.scores([read])
    (_, (beside, _)) = network.scores([passage(1, 3, 3, 7, 8), read])
    np.testing.assert_array_equal(alone, beside)


def test_what_holds_nothing_is_left_early(
    weights: dict[str, NDArray[np.generic]],
) -> None:
    reads = [passage(1, 5, 9, 2), passage(1, 3), passage(*range(12))]
    whole = Network(weights).scores(reads)
    worths = sorted(Network(weights).worths(reads).tolist())
    left = Network(weights, sum(worths[:2]) / 2).scores(reads)
    same = [bool((a == b).all()) for (a, _), (b, _) in zip(whole, left, strict=True)]
    assert sorted(same) == [False, True, True]
    ((scores, pieces),) = [
        one for one, read in zip(left, same, strict=True) if not read
    ]
    assert (scores == NOTHING).all()
    assert (pieces == NOTHING).all()
