"""A linear layer in whole numbers of eight bits.

Weights have one scale for each output and what comes in one for each row, as in
https://arxiv.org/abs/1910.06188 (Q8BERT), so that a row's result does not depend on
what is computed beside it, and is the same on every processor.
"""

from dataclasses import dataclass
from typing import Self

import numkong
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_MOST = np.float32(127)
_TINY = np.float32(1e-12)


@dataclass(frozen=True, slots=True)
class Linear:
    """`rows @ weight + bias`, the weight packed for this processor."""

    packed: numkong.PackedMatrix
    scale: Array
    bias: Array

    @classmethod
    def of(cls, weight: NDArray[np.int8], scale: Array, bias: Array) -> Self:
        """Pack (outputs, inputs); `scale` and `bias` are (outputs,)."""
        packed = numkong.dots_pack(np.ascontiguousarray(weight), dtype="int8")
        return cls(packed, scale, bias)

    def __call__(self, rows: Array) -> Array:
        """(rows, inputs) to (rows, outputs)."""
        largest = np.abs(rows).max(axis=1, keepdims=True)
        largest += _TINY
        scaled = rows * (_MOST / largest)
        np.rint(scaled, out=scaled)
        product = numkong.dots_packed(scaled.astype(np.int8), self.packed)
        result = np.asarray(product).astype(np.float32)
        largest /= _MOST
        result *= largest
        result *= self.scale
        result += self.bias
        return result
