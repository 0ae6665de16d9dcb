"""Set the thresholds: as many findings as a budget of false alarms allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardline.screening.outputs import TOPICS

ALARMS = 0.025
"""Share of clean posts that may alarm on the posts at hand; unseen ones show more."""
MISTAKEN = 0.25
"""Price of a wrong topic on a post that has another, beside that of a false alarm."""
GRID = np.arange(-8, 6.01, 0.25)
NEVER = 20.0
SPREAD = 0.75
"""Logits by which the same post might as well have come out differently."""
BUDGET_STEPS = 40

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Checked:
    """Posts with their labels, the reader's logits and what the rules found.

    All are (posts, topics); `clean` is (posts,). What is `sure` stands whatever the
    reader sees, what is `ruled` only if it does not deny it.
    """

    has: Bools
    logits: NDArray[np.float32]
    ruled: Bools
    sure: Bools

    @property
    def clean(self) -> Bools:
        """Posts with no label at all."""
        return np.asarray(~self.has.any(axis=1))


def calibrated(checked: Checked) -> Mapping[str, NDArray[np.float32]]:
    """By topic, the logits from which it holds alone, and with a rule's word."""
    low, high = 0.0, 50.0  # what one false alarm costs, in findings
    best = _chosen(checked, high)
    for _ in range(BUDGET_STEPS):
        price = (low + high) / 2
        thresholds = _chosen(checked, price)
        if alarmed(checked, thresholds) <= ALARMS:
            best, high = thresholds, price
        else:
            low = price
    alone, confirm = best
    return {"alone": alone, "confirm": confirm}


def held(checked: Checked, thresholds: Sequence[NDArray[np.float32]]) -> Bools:
    """Where each topic is said to hold."""
    alone, confirm = thresholds
    by_itself = checked.logits >= alone
    with_rule = checked.ruled & (checked.logits >= confirm)
    found: Bools = by_itself | with_rule | checked.sure
    return found


def alarmed(checked: Checked, thresholds: Sequence[NDArray[np.float32]]) -> float:
    """The share of clean posts with any finding."""
    return float(held(checked, thresholds)[checked.clean].any(axis=1).mean())


def told(checked: Checked, thresholds: Mapping[str, NDArray[np.float32]]) -> str:
    """A table of recall and false alarms by topic."""
    pair = (thresholds["alone"], thresholds["confirm"])
    found = held(checked, pair)
    lines = [f"{'topic':36}recall  false  alone confirm"]
    for number, topic in enumerate(TOPICS):
        has = checked.has[:, number]
        recall = found[has, number].mean()
        false = int(found[checked.clean, number].sum())
        lines.append(
            f"{topic:36}{recall:6.2f} {false:6}"
            f" {pair[0][number]:6.1f} {pair[1][number]:6.1f}"
        )
    recalls = [found[checked.has[:, n], n].mean() for n in range(len(TOPICS))]
    lines.append(
        f"macro recall {np.mean(recalls):.3f}, "
        f"clean alarmed {alarmed(checked, pair):.3f} of {int(checked.clean.sum())}\n"
    )
    return "\n".join(lines)


def _chosen(
    checked: Checked, price: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    pairs = [_of_topic(checked, number, price) for number in range(len(TOPICS))]
    alone, confirm = np.array(pairs, np.float32).T
    return alone, confirm


def _of_topic(checked: Checked, number: int, price: float) -> tuple[float, float]:
    """The pair with the most findings less the price of the false ones.

    A few hundred posts make steps of what is smooth, so logits count as uncertain by
    `SPREAD` and findings as probabilities.
    """
    has, clean = checked.has[:, number], checked.clean
    logits, ruled = checked.logits[:, number], checked.ruled[:, number]
    sure = checked.sure[:, number]
    best, worth = (NEVER, NEVER), 0.0
    for alone in GRID:
        by_itself = _above(logits, alone)
        for confirm in (*GRID[alone > GRID], alone):
            with_rule = np.maximum(by_itself, ruled * _above(logits, confirm))
            with_rule = np.maximum(with_rule, sure)
            false = with_rule[clean].mean()
            wrong = with_rule[~has & ~clean].mean()
            net = with_rule[has].mean() - price * (false + MISTAKEN * wrong)
            if net > worth:
                best, worth = (float(alone), float(confirm)), net
    return best


def _above(logits: NDArray[np.float32], threshold: float) -> NDArray[np.float64]:
    distance = np.clip((threshold - logits) / SPREAD, -50, 50)
    probabilities: NDArray[np.float64] = 1 / (1 + np.exp(distance))
    return probabilities
