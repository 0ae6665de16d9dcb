"""The trained reader: a text and its context in, what it sees in them out."""

import os
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from wardline.screening.reader.pieces import Vocabulary
from wardline.screening.values import Context

if TYPE_CHECKING:
    from wardline.screening.reader.sight import Eyes, Sight

# Passages are small and machines check many at once: more threads only wait for each
# other. NumPy asks when it is first imported, which pyarrow may do before the reader.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SHIPPED = Path(__file__).parent
WEIGHTS, VOCABULARY = "weights.npz", "vocabulary.txt"
THRESHOLDS = "thresholds.json"


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By topic, in logits; `training/reader/calibrate.py` sets them."""

    alone: dict[str, float]
    """From where a text has the topic, whatever the rules found."""
    confirm: dict[str, float]
    """From where what the rules found may stand."""
    labor: float
    """From where a text talks of working conditions."""
    worth: float
    """From where a text is read to the end."""


class Reader:
    """What `training/reader` made, read from a folder; threads may share one.

    The weights, and NumPy, are loaded for the first text.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        pieces = (folder / VOCABULARY).read_text("ascii").split("\n")
        self.vocabulary = Vocabulary({piece: n for n, piece in enumerate(pieces)})
        self.thresholds = msgspec.json.decode(
            (folder / THRESHOLDS).read_bytes(), type=Thresholds
        )

    def sights(self, texts: Iterable[tuple[str, Context]]) -> "list[Sight]":
        """What is seen in each folded text, in order."""
        return self._eyes.see(
            (self.vocabulary.pieces(text), context) for text, context in texts
        )

    @cached_property
    def _eyes(self) -> "Eyes":
        from wardline.screening.reader.sight import Eyes  # noqa: PLC0415

        weights = self._folder / WEIGHTS
        return Eyes.load(weights, self.thresholds.worth, self.vocabulary)


@cache
def default() -> Reader:
    """The shipped reader."""
    return Reader(SHIPPED)
