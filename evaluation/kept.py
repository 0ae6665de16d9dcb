"""The result that was kept, one line a figure, and how a new one differs from it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("last.json")
PASSING = ("confusion", "slowest", "silent")
"""What is printed and not kept: a list to work through, or different every time."""

Flat = dict[str, float]


def flat(figures: Mapping[str, Any], above: str = "") -> Flat:
    """The figures with a dotted name each: `test.topics.fundraising.recall`."""
    found: Flat = {}
    for name, value in figures.items():
        if isinstance(value, Mapping) and name not in PASSING:
            found |= flat(value, f"{above}{name}.")
        elif isinstance(value, int | float):
            found[above + name] = value
    return found


def last() -> Flat:
    """The result that was kept, empty before the first."""
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def keep(figures: Flat) -> None:
    """Keep a result; what was not measured this time stays as it was."""
    KEPT.write_text(json.dumps(carried(last(), figures), indent=0) + "\n")


def carried(old: Flat, new: Flat) -> Flat:
    """The new figures, with the old ones of the data sets if those were left out."""
    if any(name.startswith("data.") for name in new):
        return new
    return new | {name: n for name, n in old.items() if name.startswith("data.")}


def differences(old: Flat, new: Flat) -> Iterator[str]:
    """A line for every figure that is not what it was."""
    carried_over = carried(old, new)
    for name in sorted({*old, *carried_over}):
        was, now = old.get(name), carried_over.get(name)
        if was != now:
            yield f"{name}  {_told(was)} → {_told(now)}"


def _told(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
