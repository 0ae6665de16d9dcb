"""Set the thresholds: as many findings as a budget of false alarms allows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardline.screening.outputs import PRIVACY, TOPICS
from wardline.screening.reader.reader import Thresholds

ALARMS = 0.035
"""Share of clean posts that may alarm on the posts at hand; unseen ones show more."""
MISTAKEN = 0.25
"""Price of a wrong topic on a post that has another, beside that of a false alarm."""
GRAVE = 6.0
"""Worth of a finding of patient data beside that of any other."""
GRID = np.arange(-10, 5.01, 0.25)
"""No topic asks for more than 5: a few hundred posts cannot tell 5 from 12, and writers
not yet seen are recognised less surely."""
NEVER = 20.0
SPREAD = 1.5
"""Logits by which the same post might as well have come out differently."""
BUDGET_STEPS = 40

LOST = 0.003
"""Share of right findings that may be lost to each shortcut that spares others."""

Bools = NDArray[np.bool_]
Limits = tuple[NDArray[np.float32], NDArray[np.float32]]
"""By topic, the logits from which it holds alone, and with a rule's word."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Posts with their labels, the reader's logits and what the rules found.

    `has`, `logits`, `ruled` and `sure` are (posts, topics). What is `sure` stands
    whatever the reader sees, what is `ruled` only if it does not deny it.
    """

    has: Bools
    logits: NDArray[np.float32]
    ruled: Bools
    sure: Bools
    carved_out: Bools
    """(topics,): whether talk of working conditions is left alone on it."""
    labor: NDArray[np.float32]
    """(posts,): logits of such talk."""
    worths: NDArray[np.float32]
    """(posts,): logits of there being anything to read on for."""

    @property
    def clean(self) -> Bools:
        """(posts,): no label at all."""
        return np.asarray(~self.has.any(axis=1))


def calibrated(checked: Checked) -> Thresholds:
    """As many findings as the budget allows, and few of them left unread."""
    low, high = 0.0, 50.0  # what one false alarm costs, in findings
    best = _chosen(checked, high)
    for _ in range(BUDGET_STEPS):
        price = (low + high) / 2
        limits = _chosen(checked, price)
        if alarmed(checked, limits) <= ALARMS:
            best, high = limits, price
        else:
            low = price
    right = held(checked, best) & checked.has
    worth = float(np.quantile(checked.worths[right.any(axis=1)], LOST))
    excused = right[:, checked.carved_out].any(axis=1)
    labor = float(np.quantile(checked.labor[excused], 1 - LOST))
    alone, confirm = (dict(zip(TOPICS, map(float, v), strict=True)) for v in best)
    return Thresholds(alone, confirm, max(0.0, labor), worth)


def held(checked: Checked, limits: Limits) -> Bools:
    """Where each topic is said to hold."""
    alone, confirm = limits
    by_itself = checked.logits >= alone
    with_rule = checked.ruled & (checked.logits >= confirm)
    found: Bools = by_itself | with_rule | checked.sure
    return found


def alarmed(checked: Checked, limits: Limits) -> float:
    """The share of clean posts with any finding."""
    return float(held(checked, limits)[checked.clean].any(axis=1).mean())


def told(checked: Checked, thresholds: Thresholds) -> str:
    """A table of recall and false alarms by topic."""
    alone = np.array([thresholds.alone[topic] for topic in TOPICS], np.float32)
    confirm = np.array([thresholds.confirm[topic] for topic in TOPICS], np.float32)
    pair = (alone, confirm)
    found = held(checked, pair)
    lines = [f"{'topic':36}recall  false  alone confirm"]
    for number, topic in enumerate(TOPICS):
        has = checked.has[:, number]
        recall = found[has, number].mean()
        false = int(found[checked.clean, number].sum())
        lines.append(
            f"{topic:36}{recall:6.2f} {false:6}"
            f" {alone[number]:6.1f} {confirm[number]:6.1f}"
        )
    recalls = [found[checked.has[:, n], n].mean() for n in range(len(TOPICS))]
    lines.append(
        f"macro recall {np.mean(recalls):.3f}, "
        f"clean alarmed {alarmed(checked, pair):.3f} of {int(checked.clean.sum())}, "
        f"read to the end {(checked.worths >= thresholds.worth).mean():.3f} of all, "
        f"{(checked.worths >= thresholds.worth)[checked.clean].mean():.3f} of clean\n"
    )
    return "\n".join(lines)


def _chosen(checked: Checked, price: float) -> Limits:
    prices = [price / (GRAVE if topic == PRIVACY else 1) for topic in TOPICS]
    pairs = [_of_topic(checked, number, price) for number, price in enumerate(prices)]
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
        # Where the reader too finds it likelier than not, a rule's word stands.
        for confirm in GRID[min(alone, 0) >= GRID]:
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
