"""Which rules never fire, and which take the most time."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from evaluation.corpus import Checked, Post
from evaluation.measures import share
from wardline.screening import Screener

ROUNDS = 3
"""The fastest of them counts: the rest is the machine's other work."""


def silent(screener: Screener, checked: Iterable[Checked]) -> list[str]:
    """The rules that raise nothing on any post; a reminder counts as nothing."""
    fired = {alarm.rule for one in checked for alarm in one.alarms}
    return [rule for rule in screener.pack.rules if rule not in fired]


def slowest(
    screener: Screener, posts: Iterable[Post], count: int
) -> dict[str, float | None]:
    """The slowest rules with their share of the time of all, from 0 to 1.

    What folding and scanning cost is taken off: on each post that is the median, as
    most rules have nothing to try there. Rules that ask the reader are left out, for
    they share one reading.
    """
    names = [name for name, rule in screener.pack.rules.items() if not rule.match.read]
    spent: Counter[str] = Counter()
    for post in posts:
        times = [min(_nanoseconds(screener, name, post)) for name in names]
        idle = int(median(times))
        spent.update({n: max(0, t - idle) for n, t in zip(names, times, strict=True)})
    ranked = spent.most_common(count)
    return {name: share(time, spent.total()) for name, time in ranked}


def _nanoseconds(screener: Screener, rule: str, post: Post) -> Sequence[int]:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter_ns()
        screener.spans(rule, post.text, post.context)
        times.append(time.perf_counter_ns() - started)
    return times
