"""Fitting the conditional random field and writing it as the tagger reads it."""

import json
import random
import sys
import tempfile
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pycrfsuite

from training.naming.lists import Lists
from training.naming.sets import Example, labelled
from wardline.screening.naming.features import (
    REACH,
    VERSION,
    Word,
    alone,
    case_of,
    key,
    of_kinds,
    of_words,
    start_of,
    word,
)
from wardline.screening.naming.model import ARRAYS, LABELS, bucket, look_up, spelt

BUCKETS = 1 << 18
_TOP = 32_000
"""The largest weight as it is kept."""
_BLIND = 0.25
"""The share of texts whose names the word lists do not know, as happens in life."""
_ALL, _NO_NAME = 0xFF, 0xF0
_PENALTIES = {"c1": 0.03, "c2": 0.15}

_Read = tuple[Word, list[list[str]]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by bucket and label, and by label and next label."""

    state: dict[tuple[str, str], float]
    moves: dict[tuple[str, str], float]


class Reader:
    """Tokens as the trainer takes them: the buckets of their features."""

    def __init__(self, lists: Lists) -> None:
        self._codes = lists.codes()
        self._words: dict[tuple[str, bool], _Read] = {}

    def rows(self, texts: list[str], blind: list[bool]) -> list[list[str]]:
        """The buckets of each token; of a blind one the lists do not know the name."""
        middle = [self._read(t, blind=b) for t, b in zip(texts, blind, strict=True)]
        pad = [self._read("", blind=False)] * REACH
        reads = [*pad, *middle, *pad]
        case = case_of([it for it, _ in middle])
        return [
            self._row(reads[at : at + 2 * REACH + 1], case) for at in range(len(texts))
        ]

    def _read(self, text: str, *, blind: bool) -> _Read:
        if (text, blind) not in self._words:
            code = look_up(key(text), lambda one: self._codes.get(one, 0))
            it = word(text, spelt(code & (_NO_NAME if blind else _ALL)))
            self._words[text, blind] = it, [_buckets(facts) for facts in alone(it)]
        return self._words[text, blind]

    @staticmethod
    def _row(reads: list[_Read], case: str) -> list[str]:
        felt = enumerate(facts for _, facts in reversed(reads))
        near = [number for place, facts in felt for number in facts[place]]
        two, one, it, after = (read for read, _ in reads[:4])
        window, start = (two, one, it, after), start_of(one, case)
        return near + _buckets([*of_kinds(window, start), *of_words(window, start)])


def _buckets(facts: Iterable[str]) -> list[str]:
    return [str(bucket(fact, BUCKETS)) for fact in facts]


def fit(examples: Iterable[Example], lists: Lists, rounds: int, seed: int) -> Fitted:
    """Fit by L-BFGS in so many rounds."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**_PENALTIES, "max_iterations": rounds})
    reader, chance = Reader(lists), random.Random(seed)  # noqa: S311
    for example in examples:
        texts, labels = labelled(example)
        hidden = chance.random() < _BLIND
        if texts:
            blind = [hidden and label in "BI" for label in labels]
            trainer.append(reader.rows(texts, blind), labels)
    with tempfile.NamedTemporaryFile(suffix=".crf") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info = tagger.info()
    return Fitted(info.state_features, info.transitions)


def write(path: Path, fitted: Fitted, lists: Lists, threshold: float) -> None:
    """Write weights and lists as `model.load` reads them."""
    state = _against_outside(fitted)
    scale = max(map(abs, state)) / _TOP
    words = sorted((crc32(word.encode()), code) for word, code in lists.codes().items())
    values = {
        "hashes": [number for number, _ in words],
        "classes": [code for _, code in words],
        "weights": [round(weight / scale) for weight in state],
    }
    header = {
        "version": VERSION,
        "scale": scale,
        "threshold": threshold,
        "moves": [
            [round(fitted.moves.get((a, b), 0), 4) for b in LABELS] for a in LABELS
        ],
        "sizes": {name: len(numbers) for name, numbers in values.items()},
    }
    with path.open("wb") as file:
        file.write(json.dumps(header).encode() + b"\n")
        for name, code in ARRAYS.items():
            numbers = array(code, values[name])
            if sys.byteorder == "big":
                numbers.byteswap()
            file.write(numbers.tobytes())


def _against_outside(fitted: Fitted) -> list[float]:
    """For each bucket the weights of X, B and I less that of O."""
    state = [0.0] * (BUCKETS * 3)
    for (number, label), weight in fitted.state.items():
        for place, other in enumerate(LABELS[1:]):
            if label == other:
                state[int(number) * 3 + place] += weight
            elif label == "O":
                state[int(number) * 3 + place] -= weight
    return state
