"""The arithmetic agrees with BERT's, written out slowly."""

import numpy as np
import pytest
from numpy.typing import NDArray

from wardline.screening.outputs import OUTPUTS
from wardline.screening.reader.network import Network, Passage

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
        "words": chance.integers(-127, 127, (WORDS, SIZE)).astype(np.int8),
        "words.scale": np.full(WORDS, 0.01, np.float32),
        "places": real(12, SIZE),
        "segments": real(2, SIZE),
        "shapes": real(4, SIZE),
        "gate": real(len(OUTPUTS)),
    }
    shapes = {
        "whole": (2 * SIZE, len(OUTPUTS)),
        "piece": (SIZE, len(OUTPUTS)),
        "layer.0.mix": (SIZE, 3 * SIZE),
        "layer.0.join": (SIZE, SIZE),
        "layer.0.widen": (SIZE, 4 * SIZE),
        "layer.0.narrow": (4 * SIZE, SIZE),
    }
    for name, shape in shapes.items():
        made |= {name: real(*shape), f"{name}.bias": real(shape[1])}
    for name in ("norm", "layer.0.join.norm", "layer.0.narrow.norm"):
        made |= {f"{name}.weight": real(SIZE), f"{name}.bias": real(SIZE)}
    return made


def passage(*ids: int) -> Passage:
    shapes = np.array([number % 4 for number in ids])
    return Passage(np.array(ids), shapes, np.array([0] + [1] * (len(ids) - 1)))


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

    x = of("words")[read.ids] * of("words.scale")[read.ids, None]
    x = x + of("places")[: len(read.ids)] + of("segments")[read.segments]
    x = normal(x + of("shapes")[read.shapes], "norm")
    mixed, seen = linear(x, "layer.0.mix"), np.zeros_like(x)
    for head in range(HEADS):
        own = slice(head * SIZE // HEADS, (head + 1) * SIZE // HEADS)
        query, key, value = (
            mixed[:, n * SIZE : (n + 1) * SIZE][:, own] for n in range(3)
        )
        weight = np.exp(query @ key.T)
        seen[:, own] = weight / weight.sum(1, keepdims=True) @ value
    x = normal(x + linear(seen, "layer.0.join"), "layer.0.join.norm")
    wide = linear(x, "layer.0.widen")
    wide = wide / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (wide + 0.044715 * wide**3)))
    x = normal(x + linear(wide, "layer.0.narrow"), "layer.0.narrow.norm")
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
            np.testing.assert_allclose(given, expected, rtol=1e-3, atol=1e-3)


def test_eight_bits_are_scaled_back(weights: dict[str, NDArray[np.generic]]) -> None:
    kept = np.random.default_rng(1).integers(-127, 127, (SIZE, SIZE)).astype(np.int8)
    scale = np.linspace(0.01, 0.05, SIZE).astype(np.float32)
    small = weights | {"layer.0.join": kept, "layer.0.join.scale": scale}
    plain = weights | {"layer.0.join": kept * scale}
    read = [passage(1, 4, 2)]
    for given, expected in zip(
        Network(small).scores(read)[0], Network(plain).scores(read)[0], strict=True
    ):
        np.testing.assert_array_equal(given, expected)
