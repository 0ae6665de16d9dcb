"""`python -m benchmarks`: progress on standard error, one JSON object at the end."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.clock import microseconds, percentile, seconds
from benchmarks.peers import Check, plain_loop, presidio
from benchmarks.posts import posts
from wardline import institution
from wardline.screening import Context, Screener, default

POSTS = 100_000
SINGLES = 5_000
SAMPLE = 1_000
"""Posts that the slow peers get; their rate is taken for the rate over all."""
STARTS = 9
TEXT = "Walked around the pond with coffee and no plans at all."

Texts = list[tuple[str, Context]]


def main() -> None:
    """Measure everything on this machine, one process, one core."""
    _tell(f"making {POSTS:,} posts")
    texts = list(posts(POSTS))
    start_up = _start_up()
    single = _singles(texts[:SINGLES])
    bulk = _bulk(texts)
    peers = _peers([text for text, _ in texts[:SAMPLE]])
    ours = bulk["posts_per_second"]
    figures = {
        "posts": POSTS,
        "rules": len(default().pack.rules),
        "start_up_ms": start_up,
        "single": single,
        "bulk": bulk,
        "peers_posts_per_second": peers,
        "peers_sample": SAMPLE,
        "times_faster": {n: round(ours / rate, 1) for n, rate in peers.items() if rate},
    }
    print(json.dumps(figures))


def _start_up() -> float:
    """The median of whole runs of `wardline check FILE` with a warm cache."""
    _tell(f"starting the command {STARTS} times")
    command = str(Path(sys.executable).with_name("wardline"))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(TEXT)
        file.flush()

        def start() -> None:
            call = [command, "check", file.name]
            subprocess.run(call, check=True, stdout=subprocess.DEVNULL)  # noqa: S603

        return round(percentile([seconds(start) for _ in range(STARTS)], 0.5) * 1e3)


def _singles(texts: Texts) -> dict[str, dict[str, float]]:
    """One text after the other: when first met by a new process, and again."""
    _tell(f"checking {len(texts):,} posts one by one, cold and warm")
    screener = Screener.load(institution.current())
    rounds = ("cold", "warm")
    return {name: microseconds(_timed(screener, texts)) for name in rounds}


def _timed(screener: Screener, texts: Texts) -> list[float]:
    times = []
    for text, context in texts:
        started = time.perf_counter()
        screener.check(text, context)
        times.append(time.perf_counter() - started)
    return times


def _bulk(texts: Texts) -> dict[str, float]:
    _tell(f"checking {len(texts):,} posts in bulk")
    screener = default()
    found: list[bool] = []
    spent = seconds(lambda: found.extend(map(bool, screener.check_many(texts))))
    return {
        "posts_per_second": round(len(texts) / spent),
        "with_findings": round(sum(found) / len(found), 3),
    }


def _peers(texts: list[str]) -> dict[str, float | None]:
    """Posts a second of each peer over the sample; None where it is not installed."""
    return {
        "re_loop": _rate("the plain loop", plain_loop, texts),
        "presidio_blank": _rate("Presidio", presidio, texts),
    }


def _rate(
    name: str, make: Callable[[], Check | None], texts: list[str]
) -> float | None:
    check = make()
    if check is None:
        _tell(f"{name} is not installed: `make bench` installs it")
        return None
    _tell(f"checking {len(texts):,} posts with {name}")
    check(TEXT)
    return round(len(texts) / seconds(lambda: [check(text) for text in texts]), 1)


def _tell(doing: str) -> None:
    print(f"{doing} …", file=sys.stderr)


if __name__ == "__main__":
    main()
