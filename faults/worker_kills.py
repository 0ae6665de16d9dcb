"""Fault 1: three workers, 40 SIGKILLs, one reply in ten lost after it was accepted."""

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import asdict

from faults.delivery import ENGINES, Queue, outcome, queue
from faults.sites import REAL, STAND_INS, Site, site
from tests.servers.flaky import Flaky, Forward, Send, lost, through

WORKERS, KILLS, LOST = 3, 40, 0.1
MANY, FEW = 600, 60


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
            kills = _kill(waiting, chance, every=0.8)
            took = time.monotonic() - started
            ended = outcome(waiting, place)
    return {
        "held": ended.held and ended.published == count,
        "publications": count,
        **asdict(ended),
        "kills": kills,
        "replies_lost": lossy.lost,
        "seconds": round(took, 1),
    }


def _kill(waiting: Queue, chance: random.Random, every: float) -> int:
    """Kill a worker again and again until 40 died, then let the rest be sent."""
    workers = [waiting.worker() for _ in range(WORKERS)]
    try:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.5, 1.5) * every)
            place = chance.randrange(WORKERS)
            workers[place].kill()
            workers[place].wait()
            workers[place] = waiting.worker()
        waiting.wait()
    finally:
        _stop(workers)
    return KILLS


def _stop(workers: list[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.wait(30)


if __name__ == "__main__":
    main()
