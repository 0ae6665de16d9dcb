"""A linear model over hashed words: its weights, their file and their arithmetic.

https://scikit-learn.org/stable/modules/sgd.html#mathematical-formulation
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from wardline.triage.errors import WeightsError
from wardline.triage.words import BUCKETS

Row = npt.NDArray[np.float32]
SHIPPED = Path(__file__).with_name("weights.npz")
BIAS = 0
"""The bucket that every comment has."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One row of `BUCKETS` numbers for each label that is learnt."""

    rows: Mapping[str, Row]
    version: int = 0
    """How many lessons they are away from what was shipped."""

    def odds(self, label: str, numbers: Sequence[int]) -> float:
        """The logarithm of the odds that a comment of those features has a label."""
        row = self.rows.get(label)
        if row is None or not numbers:
            return 0.0
        return float(row[numbers].sum()) / math.sqrt(len(numbers)) + float(row[BIAS])

    def packed(self) -> bytes:
        """A compressed npz: of each row only what is not zero."""
        parts: dict[str, npt.NDArray[np.generic]] = {"version": np.array(self.version)}
        for label, row in self.rows.items():
            places = np.flatnonzero(row).astype(np.uint32)
            parts[f"{label}.at"], parts[f"{label}.is"] = places, row[places]
        file = BytesIO()
        np.savez_compressed(file, allow_pickle=False, **parts)
        return file.getvalue()

    @classmethod
    def unpacked(cls, content: bytes) -> Self:
        """What `packed` gave.

        Raises:
            WeightsError: when it is damaged or something else.
        """
        try:
            with np.load(BytesIO(content), allow_pickle=False) as parts:
                labels = [n.removesuffix(".at") for n in parts if n.endswith(".at")]
                rows = {
                    label: _row(parts[f"{label}.at"], parts[f"{label}.is"])
                    for label in labels
                }
                return cls(rows, int(parts["version"]))
        except (
            OSError,
            ValueError,
            KeyError,
            IndexError,
            BadZipFile,
            EOFError,
        ) as error:
            reason = f"The weights cannot be read ({error}). Go back to other ones."
            raise WeightsError(reason) from error


def _row(places: npt.NDArray[np.uint32], values: Row) -> Row:
    row = np.zeros(BUCKETS, np.float32)
    row[places] = values
    return row


@cache
def shipped() -> Weights:
    """The weights that a fresh installation starts from."""
    return Weights.unpacked(SHIPPED.read_bytes())


def share(odds: float) -> float:
    """The probability that logarithmic odds stand for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
