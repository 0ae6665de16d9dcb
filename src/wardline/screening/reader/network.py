"""The reader's arithmetic: a small transformer encoder with two heads, in NumPy.

The layers are those of BERT, https://arxiv.org/abs/1810.04805, with the sigmoid form of
GELU, https://arxiv.org/abs/1606.08415 ; `training/reader` makes the weights.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardline.screening.outputs import OUTPUTS
from wardline.screening.reader.linear import Array, Linear

_TINY = np.float32(1e-12)
_STEEP = np.float32(-1.702)
_EXPONENT = np.float32(80)
"""More would leave the range of 32 bits."""
NOTHING = -20.0
"""The logit of what was not read to the end."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read at once: pieces with their shapes and segments (1 = the text).

    `said` are the numbers of what is known of the post beside its text.
    """

    said: NDArray[np.int64]
    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    segments: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layer:
    """One encoder layer."""

    mix: Linear
    join: Linear
    join_norm: tuple[Array, Array]
    widen: Linear
    narrow: Linear
    narrow_norm: tuple[Array, Array]


class Network:
    """Pieces in, scores of passages and of their pieces out.

    After the first layers most passages are seen to hold nothing and are left there
    (early exit, https://arxiv.org/abs/2004.12993).
    """

    def __init__(
        self, weights: Mapping[str, NDArray[np.generic]], least: float = -np.inf
    ) -> None:
        """Take the arrays as `training/reader` named them.

        What is worth less than `least` after the first layers is not read further.
        """
        self._least = least
        self._exit, self._exit_bias = _both(weights, "exit")
        self._first = int(weights["first"])
        self._heads = int(weights["heads"])
        self._words = weights["words"]
        self._word_scales = weights["words.scale"]
        self._said = _real(weights, "said")
        self._places = _real(weights, "places")
        self._segments = _real(weights, "segments")
        self._shapes = _real(weights, "shapes")
        self._norm = _norm(weights, "norm")
        self._layers = [
            _layer(weights, f"layer.{number}.")
            for number in range(int(weights["layers"]))
        ]
        self._whole, self._whole_bias = _both(weights, "whole")
        self._piece, self._piece_bias = _both(weights, "piece")
        self._gate = _real(weights, "gate")

    @property
    def longest(self) -> int:
        """Pieces that one passage may have."""
        return len(self._places)

    def scores(self, passages: Sequence[Passage]) -> list[tuple[Array, Array]]:
        """Logits by output for each passage, and (pieces, outputs) for its pieces."""
        if not passages:
            return []
        hidden, sizes = self._begun(passages)
        more = [score >= self._least for score in self._worths(hidden, sizes)]
        hidden = hidden[np.repeat(more, sizes)]
        sizes = list(itertools.compress(sizes, more))
        hidden = self._through(self._layers[self._first :], hidden, sizes)
        read = iter(_parts(hidden, sizes))
        return [
            self._answer(next(read), passage) if on else _nothing(passage)
            for passage, on in zip(passages, more, strict=True)
        ]

    def worths(self, passages: Sequence[Passage]) -> Array:
        """The logit of there being anything in each passage, from the first layers."""
        return self._worths(*self._begun(passages))

    def _begun(self, passages: Sequence[Passage]) -> tuple[Array, list[int]]:
        sizes = [len(passage.ids) for passage in passages]
        hidden = self._embedded(passages, sizes)
        return self._through(self._layers[: self._first], hidden, sizes), sizes

    def _worths(self, hidden: Array, sizes: Sequence[int]) -> Array:
        views = np.stack([_view(part) for part in _parts(hidden, sizes)])
        worths: Array = (views @ self._exit + self._exit_bias)[:, 0]
        return worths

    def _embedded(self, passages: Sequence[Passage], sizes: Sequence[int]) -> Array:
        ids = np.concatenate([passage.ids for passage in passages])
        shapes = np.concatenate([passage.shapes for passage in passages])
        segments = np.concatenate([passage.segments for passage in passages])
        places = np.concatenate([np.arange(size) for size in sizes])
        total = self._words[ids].astype(np.float32) * self._word_scales[ids, None]
        total += self._places[places]
        total += self._segments[segments]
        total += self._shapes[shapes]
        said = np.stack([passage.said for passage in passages])
        total[places == 0] += self._said[said].sum(axis=1)
        return _normal(total, self._norm)

    def _through(
        self, layers: Sequence[Layer], hidden: Array, sizes: Sequence[int]
    ) -> Array:
        for layer in layers:
            mixed = _parts(layer.mix(hidden), sizes)
            seen = np.concatenate([hidden[:0], *map(self._attended, mixed)])
            hidden = _normal(hidden + layer.join(seen), layer.join_norm)
            narrow = layer.narrow(_gelu(layer.widen(hidden)))
            hidden = _normal(hidden + narrow, layer.narrow_norm)
        return hidden

    def _attended(self, mixed: Array) -> Array:
        size, width = len(mixed), mixed.shape[1] // 3
        split = mixed.reshape(size, 3, self._heads, width // self._heads)
        # Copied, for only what lies close together is multiplied fast.
        query, key, value = (part.copy() for part in split.transpose(1, 2, 0, 3))
        weight: Array = query @ key.transpose(0, 2, 1).copy()
        np.minimum(weight, _EXPONENT, out=weight)
        np.exp(weight, out=weight)
        seen: Array = weight @ value
        seen /= weight @ np.ones((size, 1), np.float32)
        return seen.transpose(1, 0, 2).reshape(size, width)

    def _answer(self, hidden: Array, passage: Passage) -> tuple[Array, Array]:
        """The whole passage's view, with a say for its most telling piece."""
        pieces: Array = hidden @ self._piece + self._piece_bias
        own = pieces[passage.segments == 1].max(axis=0, initial=-1e4)
        whole = _view(hidden) @ self._whole + self._whole_bias
        return whole + self._gate * own, pieces


def _nothing(passage: Passage) -> tuple[Array, Array]:
    scores = np.full((len(passage.ids) + 1, len(OUTPUTS)), NOTHING, np.float32)
    return scores[0], scores[1:]


def _parts(rows: Array, sizes: Sequence[int]) -> list[Array]:
    ends = itertools.accumulate(sizes)
    return [rows[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def _view(hidden: Array) -> Array:
    return np.concatenate([hidden.mean(axis=0), hidden[0]])


def _gelu(values: Array) -> Array:
    """Values times their sigmoid; they are written over."""
    below = values * _STEEP
    np.minimum(below, _EXPONENT, out=below)
    np.exp(below, out=below)
    below += np.float32(1)
    values /= below
    return values


def _normal(values: Array, norm: tuple[Array, Array]) -> Array:
    """Rows of mean 0 and variance 1, weighted; `values` are written over."""
    width = values.shape[1]
    values -= np.einsum("ij->i", values)[:, None] / np.float32(width)
    scale = np.sqrt(np.einsum("ij,ij->i", values, values) / width + _TINY)
    values /= scale[:, None]
    values *= norm[0]
    values += norm[1]
    return values


def _real(weights: Mapping[str, NDArray[np.generic]], name: str) -> Array:
    return weights[name].astype(np.float32)


def _both(weights: Mapping[str, NDArray[np.generic]], name: str) -> tuple[Array, Array]:
    return _real(weights, name), _real(weights, f"{name}.bias")


def _norm(weights: Mapping[str, NDArray[np.generic]], name: str) -> tuple[Array, Array]:
    return _real(weights, f"{name}.weight"), _real(weights, f"{name}.bias")


def _layer(weights: Mapping[str, NDArray[np.generic]], prefix: str) -> Layer:
    def linear(name: str) -> Linear:
        name = prefix + name
        scale, bias = (_real(weights, f"{name}.{part}") for part in ("scale", "bias"))
        return Linear.of(weights[name].astype(np.int8, copy=False), scale, bias)

    return Layer(
        linear("mix"),
        linear("join"),
        _norm(weights, f"{prefix}join.norm"),
        linear("widen"),
        linear("narrow"),
        _norm(weights, f"{prefix}narrow.norm"),
    )
