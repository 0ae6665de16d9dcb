"""What the network's scores mean for a text: how surely, and in which words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wardline.screening.cover import Span
from wardline.screening.outputs import OUTPUTS
from wardline.screening.reader.linear import Array
from wardline.screening.reader.network import Network
from wardline.screening.reader.passages import Read, passages_of
from wardline.screening.reader.pieces import Pieces, Vocabulary
from wardline.screening.values import Context

TOGETHER = 512
"""Pieces that are read at once: enough to keep the arithmetic busy, and in cache."""
NEAR = 2.0
"""Logits below the most telling piece at which a neighbour still belongs to it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader sees in one text, in logits; offsets are the folded text's."""

    scores: Array
    """By output, for the text as a whole."""
    pieces: Array
    """(pieces, outputs)."""
    spans: list[Span]
    """Of each piece."""

    def score(self, output: str) -> float:
        """The text's logit for an output."""
        return float(self.scores[OUTPUTS.index(output)])

    def surest(self, outputs: Sequence[str], span: Span) -> str:
        """Which of some outputs the words at `span` carry above all."""
        rows = [
            number
            for number, (start, end) in enumerate(self.spans)
            if start < span[1] and span[0] < end
        ]
        columns = [OUTPUTS.index(output) for output in outputs]
        best = self.pieces[np.ix_(rows, columns)].max(axis=0).argmax()
        return outputs[int(best)]

    def where(self, output: str) -> list[Span]:
        """The whole words that carry an output, the surest first; one at least."""
        if not self.spans:
            return []
        told = self.pieces[:, OUTPUTS.index(output)]
        words = self._words()
        surest = np.array([told[first:last].max() for first, last in words])
        runs = _runs(surest >= min(float(surest.max()) - NEAR, 0.0))
        runs.sort(key=lambda run: -float(surest[run[0] : run[1]].max()))
        return [
            (self.spans[words[a][0]][0], self.spans[words[b - 1][1] - 1][1])
            for a, b in runs
        ]

    def _words(self) -> list[Span]:
        """Pieces that nothing parts: `555-0184` and `o'neil` are one word each."""
        starts = [
            number
            for number, (start, _) in enumerate(self.spans)
            if number == 0 or self.spans[number - 1][1] != start
        ]
        return list(zip(starts, [*starts[1:], len(self.spans)], strict=True))


class Eyes:
    """The network, and what it takes to show it texts."""

    def __init__(self, network: Network, vocabulary: Vocabulary) -> None:
        self._network = network
        self._vocabulary = vocabulary

    @classmethod
    def load(cls, weights: Path, least: float, vocabulary: Vocabulary) -> Self:
        """The network in an archive that `training/reader` wrote."""
        with np.load(weights) as kept:
            return cls(Network(dict(kept), least), vocabulary)

    def see(self, texts: Iterable[tuple[Pieces, Context]]) -> list[Sight]:
        """What is in each text, in order."""
        read = [
            list(passages_of(text, context, self._vocabulary))
            for text, context in texts
        ]
        flat = [part for parts in read for part in parts]
        answers: dict[int, tuple[Array, Array]] = {}
        for batch in _batches(flat):
            scores = self._network.scores([flat[number].passage for number in batch])
            answers.update(zip(batch, scores, strict=True))
        seen = ((part, *answers[number]) for number, part in enumerate(flat))
        return [_sight([next(seen) for _ in parts]) for parts in read]


def _batches(reads: Sequence[Read]) -> Iterator[list[int]]:
    """Passages of about the same length together."""
    batch: list[int] = []
    size = 0
    for number in sorted(range(len(reads)), key=lambda n: len(reads[n].spans)):
        batch.append(number)
        size += len(reads[number].spans)
        if size >= TOGETHER:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _sight(parts: Sequence[tuple[Read, Array, Array]]) -> Sight:
    """One text's passages as one; where they overlap, the later one speaks."""
    rows: dict[Span, Array] = {}
    for read, _, pieces in parts:
        rows |= {span: pieces[number] for number, span in enumerate(read.spans) if span}
    spans = sorted(rows)
    none = np.empty((0, len(OUTPUTS)), np.float32)
    return Sight(
        scores=np.max([scores for _, scores, _ in parts], axis=0),
        pieces=np.stack([rows[span] for span in spans]) if spans else none,
        spans=spans,
    )


def _runs(told: NDArray[np.bool_]) -> list[Span]:
    """Half-open runs of neighbours that are told."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], told, [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
