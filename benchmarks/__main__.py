"""`python -m benchmarks`: progress on standard error, one JSON object at the end."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import quality, verify
from benchmarks.clock import microseconds, percentile, seconds
from benchmarks.limit import raw_scan
from benchmarks.peers import Check, plain_loop, presidio, scrubadub
from benchmarks.posts import posts
from wardline import institution
from wardline.screening import Context, Screener, default, load_pack
from wardline.screening.fold import plain

POSTS = 100_000
SINGLES = 5_000
SAMPLE = 1_000
"""Posts that the slow peers get; their rate is taken for the rate over all."""
STARTS = 9
TEXT = "Walked around the pond with coffee and no plans at all."

READ = 500
"""Posts that the reader gets."""

Figures = dict[str, float]
Texts = list[tuple[str, Context]]


def main() -> None:
    """Measure everything on this machine, one process, one core."""
    _tell(f"making {POSTS:,} posts")
    texts = list(posts(POSTS))
    pack = load_pack()
    rules = Screener.of(pack.without_reader(), institution.current())
    alone = _wardline("the rules alone", rules, texts)
    asks_reader = any(rule.match.read for rule in pack.rules.values())
    reader = _wardline("the reader", default(), texts[:READ]) if asks_reader else None
    peers = _peers([text for text, _ in texts[:SAMPLE]])
    _tell("scanning with Hyperscan alone")
    folded = [plain(text) for text, _ in texts]
    figures = {
        "posts": POSTS,
        "rules": len(pack.rules),
        "start_up_ms": _start_up(),
        "rules_alone": alone,
        "with_reader": reader,
        "with_reader_posts": READ,
        "raw_hyperscan_posts_per_second": round(POSTS / raw_scan(folded)),
        "peers": peers,
        "peers_sample": SAMPLE,
        "times_faster": {
            name: round(alone["posts_per_second"] / peer["posts_per_second"], 1)
            for name, peer in peers.items()
            if peer
        },
        "verify": _verify(),
    }
    print(json.dumps(figures))


def _wardline(name: str, screener: Screener, texts: Texts) -> Figures:
    _tell(f"checking with {name}, one by one, cold and warm")
    singles = {
        f"{state}_{figure}": value
        for state in ("cold", "warm")
        for figure, value in microseconds(_timed(screener, texts[:SINGLES])).items()
    }
    _tell(f"checking {len(texts):,} posts in bulk")
    found: list[bool] = []
    spent = seconds(lambda: found.extend(map(bool, screener.check_many(texts))))
    labelled = quality.labelled()
    return {
        **singles,
        "posts_per_second": round(len(texts) / spent),
        "with_findings": round(sum(found) / len(found), 3),
        **quality.quality(labelled, quality.of_screener(screener, labelled)),
    }


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


def _verify() -> Figures:
    _tell(f"asking /api/verify {verify.RATE:,} times a second")
    return verify.measure()


def _timed(screener: Screener, texts: Texts) -> list[float]:
    times = []
    for text, context in texts:
        started = time.perf_counter()
        screener.check(text, context)
        times.append(time.perf_counter() - started)
    return times


def _peers(texts: list[str]) -> dict[str, Figures | None]:
    """By peer; None where it is not installed."""
    peers = {"re_loop": plain_loop, "presidio": presidio, "scrubadub": scrubadub}
    return {name: _peer(name, make, texts) for name, make in peers.items()}


def _peer(
    name: str, make: Callable[[], Check | None], texts: list[str]
) -> Figures | None:
    check = make()
    if check is None:
        _tell(f"{name} is not installed: `make bench` installs it")
        return None
    _tell(f"checking {len(texts):,} posts with {name}")
    check(TEXT)
    rate = len(texts) / seconds(lambda: [check(text) for text in texts])
    labelled = quality.labelled()
    told = quality.quality(labelled, quality.of_peer(check, labelled))
    return {"posts_per_second": round(rate, 1), **told}


def _tell(doing: str) -> None:
    print(f"{doing} …", file=sys.stderr)


if __name__ == "__main__":
    main()
