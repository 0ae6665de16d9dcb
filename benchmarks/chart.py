"""`python -m benchmarks.chart RUNS.jsonl`: what a post costs by size, as SVG.

Reads what `python -m benchmarks.archive` printed; the chart goes to standard output.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, MARGIN = 640, 320, 48
COLORS = ("#005ea2", "#b50909", "#4d8055", "#8168b3")
STEPS = 4

Point = tuple[float, float]


def main() -> None:
    """Draw the runs of a file."""
    lines = Path(sys.argv[1]).read_text().splitlines()
    sys.stdout.write(chart([json.loads(line) for line in lines]))


def chart(runs: Sequence[dict[str, Any]]) -> str:
    """Lines over a logarithmic scale of posts, one for each source and workers."""
    series: dict[str, list[Point]] = defaultdict(list)
    for run in runs:
        name = f"{run['from']}, {run['workers']} worker{'s'[: run['workers'] - 1]}"
        series[name].append((math.log10(run["posts"]), run["cpu_us_per_post"]))
    points = [point for line in series.values() for point in line]
    low, high = min(x for x, _ in points), max(x for x, _ in points)
    top = max(y for _, y in points) * 1.2
    frame = Frame(low, max(high, low + 1), top)
    drawn = [*_axes(frame), *_lines(frame, series)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img">'
        "<title>Processor time a post, by the posts of the archive</title>"
        f"{''.join(drawn)}</svg>\n"
    )


class Frame:
    """From data to the drawing's units."""

    def __init__(self, low: float, high: float, top: float) -> None:
        self.low, self.high, self.top = low, high, top

    def x(self, power: float) -> float:
        """Across: powers of ten."""
        share = (power - self.low) / (self.high - self.low)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    def y(self, cost: float) -> float:
        """Up: microseconds."""
        return round(HEIGHT - MARGIN - cost / self.top * (HEIGHT - 2 * MARGIN), 1)


def _axes(frame: Frame) -> Iterator[str]:
    for step in range(STEPS + 1):
        cost = frame.top / STEPS * step
        y = frame.y(cost)
        yield f'<path d="M{MARGIN} {y}H{WIDTH - MARGIN}" stroke="#dcdee0"/>'
        yield f'<text x="{MARGIN - 6}" y="{y + 4}" text-anchor="end">{cost:.0f}</text>'
    for power in range(math.ceil(frame.low), math.floor(frame.high) + 1):
        yield _text(frame.x(power), HEIGHT - MARGIN + 18, f"{10**power:,}")
    yield _text(WIDTH / 2, HEIGHT - 8, "posts in the archive")
    yield f'<text x="{MARGIN}" y="{MARGIN - 16}">µs of processor time a post</text>'


def _lines(frame: Frame, series: dict[str, list[Point]]) -> Iterator[str]:
    for (name, points), color in zip(sorted(series.items()), COLORS, strict=False):
        path = " ".join(f"{frame.x(x)},{frame.y(y)}" for x, y in sorted(points))
        yield f'<polyline points="{path}" fill="none" stroke="{color}"/>'
        yield from _dots(frame, points, color)
        x, y = max(points)
        yield _text(frame.x(x) - 4, frame.y(y) - 8, name, color, "end")


def _dots(frame: Frame, points: Iterable[Point], color: str) -> Iterator[str]:
    for x, y in points:
        yield f'<circle cx="{frame.x(x)}" cy="{frame.y(y)}" r="3" fill="{color}"/>'


def _text(
    x: float, y: float, words: str, color: str = "#1b1b1b", anchor: str = "middle"
) -> str:
    return (
        f'<text x="{x}" y="{y}" fill="{color}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


if __name__ == "__main__":
    main()
