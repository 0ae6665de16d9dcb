"""Fault 1: three workers, 40 SIGKILLs, one reply in ten lost after it was accepted."""

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import asdict

from faults.delivery import ENGINES, OVER, Queue, outcome, queue
from faults.sites import REAL, STAND_INS, Site, site
from tests.servers.flaky import Flaky, Forward, Send, lost, through

WORKERS, KILLS, LOST = 3, 40, 0.1
MANY, FEW = 600, 60
MANY_BETWEEN, FEW_BETWEEN = 25, 4
"""Requests between two kills, at most."""


class Lossy:
    """Loses a part of the replies to what was accepted: to whatever writes."""

    def __init__(self, proxy: Flaky, chance: random.Random) -> None:
        self.lost = 0
        self._proxy = proxy
        self._chance = chance

    def __call__(self, forward: Forward, send: Send) -> None:
        """Let one request through, or lose its answer."""
        writes = not self._proxy.seen[-1].startswith("GET")
        loses = writes and self._chance.random() < LOST
        self.lost += loses
        (lost if loses else through)(forward, send)


def main() -> None:
    """600 publications on each stand-in, 60 on each real server, on both databases."""
    os.environ["WARDLINE_ALLOWED_HOSTS"] = '["127.0.0.1"]'
    counts = dict.fromkeys(STAND_INS, MANY) | dict.fromkeys(REAL, FEW)
    figures: dict[str, object] = {}
    for name, count in counts.items():
        for engine in ENGINES:
            with site(name) as opened:
                told = _run(engine, opened, count)
            print(f"  {name} on {engine}: {told}", file=sys.stderr, flush=True)
            figures[f"{name} on {engine}"] = told
    held = all(each["held"] for each in figures.values())  # type: ignore[index]
    print(json.dumps({"held": held, **figures}))


def _run(engine: str, place: Site, count: int) -> dict[str, object]:
    chance = random.Random(f"{engine} {place.channel}")  # noqa: S311
    with Flaky(place.sign_in.base_url, renames=True) as proxy:
        lossy = proxy.fault = Lossy(proxy, chance)
        url = place.sign_in.base_url.replace(proxy.upstream, proxy.address)
        with queue(engine, place, url, count) as waiting:
            started = time.monotonic()
            kills = _kill(
                waiting, proxy, chance, MANY_BETWEEN if count == MANY else FEW_BETWEEN
            )
            took = time.monotonic() - started
            ended = outcome(waiting, place)
    return {
        "held": ended.held and ended.published == count and kills == KILLS,
        "publications": count,
        **asdict(ended),
        "kills": kills,
        "replies_lost": lossy.lost,
        "seconds": round(took, 1),
    }


def _kill(waiting: Queue, proxy: Flaky, chance: random.Random, most: int) -> int:
    """Kill a worker after every few requests until 40 died; then let the rest work.

    Each time at most `most` requests were made since the last. How many were killed:
    fewer than 40 if all is out before.
    """
    workers = [waiting.worker() for _ in range(WORKERS)]
    kills = 0
    try:
        while kills < KILLS and _asks(waiting, proxy, chance.randint(1, most)):
            place = chance.randrange(WORKERS)
            workers[place].kill()
            workers[place].wait()
            workers[place] = waiting.worker()
            kills += 1
        waiting.wait()
    finally:
        _stop(workers)
    return kills


def _asks(waiting: Queue, proxy: Flaky, times: int) -> bool:
    """Wait for so many requests more; false if the queue is empty before."""
    enough = len(proxy.seen) + times
    while len(proxy.seen) < enough:
        if not waiting.states().keys() - OVER:
            return False
        time.sleep(0.01)
    return True


def _stop(workers: list[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.wait(30)


if __name__ == "__main__":
    main()
