"""The reader's arithmetic: a small transformer encoder with two heads, in NumPy.

The layers are those of BERT, https://arxiv.org/abs/1810.04805, with the tanh form of
GELU, https://arxiv.org/abs/1606.08415 ; `training/reader` makes the weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_TINY = np.float32(1e-12)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read at once: pieces with their shapes and segments (1 = the text)."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    segments: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's weights; `weight` is (in, out), as it is multiplied."""

    mix: Array
    mix_bias: Array
    join: Array
    join_bias: Array
    join_norm: tuple[Array, Array]
    widen: Array
    widen_bias: Array
    narrow: Array
    narrow_bias: Array
    narrow_norm: tuple[Array, Array]


class Network:
    """Pieces in, scores of passages and of their pieces out."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the arrays as `training/reader` named them."""
        self._heads = int(weights["heads"])
        self._words = weights["words"]
        self._word_scales = weights["words.scale"]
        self._places = _real(weights, "places")
        self._segments = _real(weights, "segments")
        self._shapes = _real(weights, "shapes")
        self._norm = _norm(weights, "norm")
        self._layers = [
            _layer(weights, f"layer.{number}.")
            for number in range(int(weights["layers"]))
        ]
        self._whole, self._whole_bias = _linear(weights, "whole")
        self._piece, self._piece_bias = _linear(weights, "piece")
        self._gate = _real(weights, "gate")

    @property
    def longest(self) -> int:
        """Pieces that one passage may have."""
        return len(self._places)

    def scores(self, passages: Sequence[Passage]) -> list[tuple[Array, Array]]:
        """Logits by output for each passage, and (pieces, outputs) for its pieces."""
        if not passages:
            return []
        sizes = [len(passage.ids) for passage in passages]
        ends = np.cumsum(sizes)
        bounds = list(zip(ends - sizes, ends, strict=True))
        hidden = self._embedded(passages, sizes)
        for layer in self._layers:
            hidden = self._through(layer, hidden, bounds)
        pieces = hidden @ self._piece + self._piece_bias
        return [
            self._answer(hidden[start:end], pieces[start:end], passage.segments)
            for passage, (start, end) in zip(passages, bounds, strict=True)
        ]

    def _embedded(self, passages: Sequence[Passage], sizes: Sequence[int]) -> Array:
        ids = np.concatenate([passage.ids for passage in passages])
        shapes = np.concatenate([passage.shapes for passage in passages])
        segments = np.concatenate([passage.segments for passage in passages])
        places = np.concatenate([np.arange(size) for size in sizes])
        words = self._words[ids].astype(np.float32) * self._word_scales[ids, None]
        total = (
            words
            + self._places[places]
            + self._segments[segments]
            + self._shapes[shapes]
        )
        return _normal(total, self._norm)

    def _through(
        self, layer: Layer, hidden: Array, bounds: Sequence[tuple[int, int]]
    ) -> Array:
        mixed = hidden @ layer.mix + layer.mix_bias
        seen = np.empty_like(hidden)
        for start, end in bounds:
            seen[start:end] = self._attended(mixed[start:end])
        seen = seen @ layer.join + layer.join_bias
        hidden = _normal(hidden + seen, layer.join_norm)
        wide = _gelu(hidden @ layer.widen + layer.widen_bias)
        narrow = wide @ layer.narrow + layer.narrow_bias
        return _normal(hidden + narrow, layer.narrow_norm)

    def _attended(self, mixed: Array) -> Array:
        size, width = len(mixed), mixed.shape[1] // 3
        split = mixed.reshape(size, 3, self._heads, width // self._heads)
        query, key, value = split.transpose(1, 2, 0, 3)
        weight: Array = query @ key.transpose(0, 2, 1)
        weight -= weight.max(axis=-1, keepdims=True)
        np.exp(weight, out=weight)
        np.divide(weight, weight.sum(axis=-1, keepdims=True), out=weight)
        seen: Array = (weight @ value).transpose(1, 0, 2).reshape(size, width)
        return seen

    def _answer(
        self, hidden: Array, pieces: Array, segments: NDArray[np.int64]
    ) -> tuple[Array, Array]:
        """The whole passage's view, with a say for its most telling piece."""
        view = np.concatenate([hidden.mean(axis=0), hidden[0]])
        own = pieces[segments == 1].max(axis=0, initial=-1e4)
        return view @ self._whole + self._whole_bias + self._gate * own, pieces


def _gelu(values: Array) -> Array:
    inner = values * values
    inner *= np.float32(0.044715)
    inner += np.float32(1)
    inner *= values
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= values
    inner *= np.float32(0.5)
    return inner


def _normal(values: Array, norm: tuple[Array, Array]) -> Array:
    values = values - values.mean(axis=1, keepdims=True)
    scale = np.sqrt(np.einsum("ij,ij->i", values, values) / values.shape[1] + _TINY)
    values /= scale[:, None]
    values *= norm[0]
    values += norm[1]
    return values


def _real(weights: Mapping[str, NDArray[np.generic]], name: str) -> Array:
    """Whole numbers of eight bits are kept with one scale for each output."""
    kept = weights[name]
    if kept.dtype != np.int8:
        return kept.astype(np.float32)
    scaled: Array = kept.astype(np.float32) * weights[f"{name}.scale"].astype(
        np.float32
    )
    return scaled


def _linear(
    weights: Mapping[str, NDArray[np.generic]], name: str
) -> tuple[Array, Array]:
    return _real(weights, name), _real(weights, f"{name}.bias")


def _norm(weights: Mapping[str, NDArray[np.generic]], name: str) -> tuple[Array, Array]:
    return _real(weights, f"{name}.weight"), _real(weights, f"{name}.bias")


def _layer(weights: Mapping[str, NDArray[np.generic]], prefix: str) -> Layer:
    return Layer(
        *_linear(weights, f"{prefix}mix"),
        *_linear(weights, f"{prefix}join"),
        _norm(weights, f"{prefix}join.norm"),
        *_linear(weights, f"{prefix}widen"),
        *_linear(weights, f"{prefix}narrow"),
        _norm(weights, f"{prefix}narrow.norm"),
    )
