"""Learn from moderators' decisions: new weights from old ones, and what they change.

AdaGrad, one example at a time: https://jmlr.org/papers/v12/duchi11a.html
Nothing here is kept or switched on: callers keep `Weights.packed()` of each version.
"""

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from wardline.triage import words
from wardline.triage.judge import LEARNT, triage
from wardline.triage.values import Comment, Label
from wardline.triage.weights import BIAS, Row, Weights, share

LABELS = ("spam", *LEARNT)
"""What moderators can teach."""
ROUNDS = 8
RATE = 0.5
SEED = 988
SETTLED = 1e-3
"""How wrong an answer has to be before anything moves."""

Example = tuple[Sequence[int], bool]
"""The features of a comment, and whether it has the label."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a moderator decided about a comment."""

    comment: Comment
    label: Label


@dataclass(frozen=True, slots=True)
class Change:
    """A comment that new weights would label in another way."""

    comment: Comment
    was: Label
    now: Label


@dataclass(frozen=True, slots=True)
class Lineage:
    """Every version of an installation's weights, the newest last."""

    versions: tuple[Weights, ...]

    @property
    def current(self) -> Weights:
        """The version in use."""
        return self.versions[-1]

    def followed_by(self, weights: Weights) -> Self:
        """With one more version in use."""
        return replace(self, versions=(*self.versions, weights))

    def undone(self) -> Self:
        """With the version before in use; the first cannot be undone."""
        return replace(self, versions=self.versions[:-1] or self.versions)


def learn(weights: Weights, lessons: Sequence[Lesson]) -> Weights:
    """The next version, which has taken in some decisions."""
    if not lessons:
        return weights
    read = [(words.read(one.comment.comment), one.label) for one in lessons]
    rows = dict(weights.rows)
    for label in LABELS:
        examples = [(numbers, told == label) for numbers, told in read]
        if label in rows or any(is_it for _, is_it in examples):
            rows[label] = fit(examples, rows.get(label))
    return Weights(rows, weights.version + 1)


def changes(
    before: Weights, after: Weights, recent: Sequence[Comment]
) -> Iterator[Change]:
    """What `after` would label otherwise among recent comments, in their order."""
    verdicts = zip(recent, triage(recent, before), triage(recent, after), strict=True)
    for comment, was, now in verdicts:
        if was.label != now.label:
            yield Change(comment, was.label, now.label)


def fit(
    examples: Iterable[Example],
    row: Row | None = None,
    rounds: int = ROUNDS,
    rate: float = RATE,
) -> Row:
    """A row that tells the examples apart, starting from another or from nothing."""
    fitted = np.zeros(words.BUCKETS, np.float32) if row is None else row.copy()
    moved = np.full(words.BUCKETS, 0.1, np.float32)
    left = [
        (np.append(np.asarray(numbers, np.int64), BIAS), is_it)
        for numbers, is_it in examples
    ]
    order = random.Random(SEED)  # noqa: S311  (the same weights each time)
    for _ in range(rounds):
        order.shuffle(left)
        for numbers, is_it in left:
            _step(fitted, moved, numbers, is_it=is_it, rate=rate)
    return fitted


def _step(
    fitted: Row, moved: Row, numbers: npt.NDArray[np.int64], *, is_it: bool, rate: float
) -> None:
    size = 1 / math.sqrt(max(1, len(numbers) - 1))
    at = fitted[numbers]
    odds = float(at[:-1].sum()) * size + float(at[-1])
    slope = share(odds) - is_it
    if abs(slope) < SETTLED:
        return
    slopes = np.full(len(numbers), slope * size, np.float32)
    slopes[-1] = slope
    moved[numbers] += slopes * slopes
    fitted[numbers] = at - rate * slopes / np.sqrt(moved[numbers])
