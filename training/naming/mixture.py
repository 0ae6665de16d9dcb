"""What the tagger learns from and what is held out, in the right proportions."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.naming.casting import Cast, in_case
from training.naming.sets import Example, folds, spaced, spanned, tagged, written

_COPIES = {"asq_phi": 3, "presidio_synth_v2": 4, "posts": 2}
"""How often an example comes again with other people in it."""
_SENTENCES = 12
_LOWER, _LOWER_NAMELESS, _UPPER = 0.15, 0.06, 0.05
_WRITTEN = 0.4
_TWEETS = ("btc", "train"), ("wnut17", "train"), ("wnut17", "dev")
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Split:
    """Examples to learn from; by data set, those held out."""

    train: list[Example]
    test: dict[str, list[Example]]


def split(data: Path, fold: int | None, seed: int) -> Split:
    """Hold out one of FOLDS parts of the sets without a test part, None for nothing.

    presidio_synth_v2 is cut by template, asq_phi by row; of btc the dev part, which is
    of another section, is never learnt from.
    """
    train: list[Example] = []
    test = {"btc": tagged(data, "btc", "dev", spaced)}
    for source in ("asq_phi", "presidio_synth_v2"):
        parts = folds(spanned(data, source), FOLDS, seed)
        if fold is not None:
            test[source] = parts.pop(fold)
        train += [example for part in parts for example in part]
    return Split([*enriched(train, seed), *_own_and_tweets(data, seed)], test)


def _own_and_tweets(data: Path, seed: int) -> Iterator[Example]:
    chance = random.Random(seed)  # noqa: S311
    yield from _with_cases(list(Cast(seed).sentences(_SENTENCES)), chance)
    for source, part in _TWEETS:
        pairs = zip(
            tagged(data, source, part, spaced),
            tagged(data, source, part, written),
            strict=True,
        )
        chosen = [two if chance.random() < _WRITTEN else one for one, two in pairs]
        yield from _with_cases(chosen, chance)


def enriched(examples: Iterable[Example], seed: int) -> Iterator[Example]:
    """The examples, copies with other people, and some of all in one letter case."""
    cast, more = Cast(seed), []
    for example in examples:
        copies = _COPIES[example.source] if example.people else 0
        more += [example, *(cast.replace(example) for _ in range(copies))]
    yield from _with_cases(more, cast.random)


def _with_cases(examples: list[Example], chance: random.Random) -> Iterator[Example]:
    yield from examples
    for example in examples:
        lower = _LOWER if example.people else _LOWER_NAMELESS
        drawn = chance.random()
        case = "lower" if drawn < lower else "upper" if drawn > 1 - _UPPER else None
        if case and (other := in_case(example, case)):
            yield other
