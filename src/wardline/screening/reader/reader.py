"""The trained reader: a text and its context in, what it sees in them out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from wardline.screening.reader.gate import Gate
from wardline.screening.reader.pieces import Vocabulary
from wardline.screening.values import Context

if TYPE_CHECKING:
    from wardline.screening.reader.sight import Eyes, Sight

SHIPPED = Path(__file__).parent
WEIGHTS, VOCABULARY = "weights.npz", "vocabulary.txt"
GATE, THRESHOLDS = "gate.bin", "thresholds.toml"


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By topic, in logits; `training/reader/calibrate.py` sets them."""

    alone: dict[str, float]
    """From where a text has the topic, whatever the rules found."""
    confirm: dict[str, float]
    """From where what the rules found may stand."""


@dataclass(frozen=True, slots=True)
class Text:
    """A folded text to be read, or only if the gate opens."""

    text: str
    context: Context
    anyway: bool = False


class Reader:
    """What `training/reader` made, read from a folder; threads may share one.

    The weights, and NumPy, are loaded for the first text that the gate lets through.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        pieces = (folder / VOCABULARY).read_text("ascii").split("\n")
        self.vocabulary = Vocabulary({piece: n for n, piece in enumerate(pieces)})
        self._gate = Gate((folder / GATE).read_bytes())
        self.thresholds = msgspec.toml.decode(
            (folder / THRESHOLDS).read_bytes(), type=Thresholds
        )

    def sights(self, texts: Iterable[Text]) -> "list[Sight | None]":
        """What is seen in each text, in order; None where the gate stays shut."""
        cut = [(self.vocabulary.pieces(text.text), text) for text in texts]
        opened = [
            (pieces, text.context)
            for pieces, text in cut
            if text.anyway or self._gate.opens(pieces.ids)
        ]
        seen = iter(self._eyes.see(opened)) if opened else iter(())
        chosen = {id(pieces) for pieces, _ in opened}
        return [next(seen) if id(pieces) in chosen else None for pieces, _ in cut]

    @cached_property
    def _eyes(self) -> "Eyes":
        from wardline.screening.reader.sight import Eyes  # noqa: PLC0415

        return Eyes.load(self._folder / WEIGHTS, self.vocabulary)


@cache
def default() -> Reader:
    """The shipped reader."""
    return Reader(SHIPPED)
