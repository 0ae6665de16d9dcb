"""Time a call, and sum many times up."""

import gc
import time
from collections.abc import Callable, Sequence


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes on the wall clock, with nothing left to collect."""
    gc.collect()
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def percentile(times: Sequence[float], share: float) -> float:
    """The time that `share` of all stay below, in the unit of `times`."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def microseconds(times: Sequence[float]) -> dict[str, float]:
    """Median and 99th percentile of seconds, in microseconds."""
    return {
        "p50_us": round(percentile(times, 0.5) * 1e6, 1),
        "p99_us": round(percentile(times, 0.99) * 1e6, 1),
    }
