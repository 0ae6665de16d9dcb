"""Set the thresholds: as many findings as a budget of false alarms allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardline.screening.outputs import TOPICS

ALARMS = 0.035
"""Share of clean posts that may alarm on the posts at hand; unseen ones show more."""
MISTAKEN = 0.25
"""Price of a wrong topic on a post that has another, beside that of a false alarm."""
GRID = np.arange(-6, 6.01, 0.5)
NEVER = 99.0
BUDGET_STEPS = 40

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Checked:
    """Posts with their labels, the reader's logits and what the rules found.

    All are (posts, topics); `clean` is (posts,).
    """

    has: Bools
    logits: NDArray[np.float32]
    ruled: Bools

    @property
    def clean(self) -> Bools:
        """Posts with no label at all."""
        clean: Bools = ~self.has.any(axis=1)
        return clean


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
    found: Bools = (checked.logits >= alone) | (
        checked.ruled & (checked.logits >= confirm)
    )
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
    """The pair with the most findings less the price of the false ones."""
    has, logits = checked.has[:, number], checked.logits[:, number]
    ruled, clean = checked.ruled[:, number], checked.clean
    best, worth = (NEVER, NEVER), 0.0
    for alone in (*GRID, NEVER):
        for confirm in (-NEVER, *GRID[alone >= GRID]):
            found = (logits >= alone) | (ruled & (logits >= confirm))
            gained = found[has].mean()
            false = found[clean].mean()
            wrong = found[~has & ~clean].mean()
            if gained - price * (false + MISTAKEN * wrong) > worth + 1e-9:
                worth = gained - price * (false + MISTAKEN * wrong)
                best = (float(alone), float(confirm))
    return best
