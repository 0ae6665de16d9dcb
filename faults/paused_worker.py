"""Fault 2: workers are stopped while they send, for three leases, 160 times in all."""

import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

from faults.delivery import ENGINES, outcome, queue
from faults.sites import Site, site
from tests.servers.flaky import Flaky, Forward, Send

LEASE, PAUSES, WORKERS, COUNT = 1, 40, 6, 300
_SITES = ("webhook", "wordpress")


class Pauser:
    """Stops a worker at every third request: it asks itself, or is about to.

    It goes on after three leases, when another worker has long taken its place.
    """

    def __init__(self) -> None:
        self.pauses = 0
        self.workers: set[int] = set()
        self._asked = 0
        self._stopped: set[int] = set()
        self._lock = threading.Lock()

    def __call__(self, forward: Forward, send: Send) -> None:
        """Answer, and stop one of those who send meanwhile."""
        with self._lock:
            self._asked += 1
            worker = self._next() if self._asked % 3 == 0 else None
        if worker is None:
            send(forward())
            return
        os.kill(worker, signal.SIGSTOP)
        send(forward())
        threading.Timer(3 * LEASE, self._resume, [worker]).start()

    def _next(self) -> int | None:
        """A worker that runs; most are in the middle of sending at any time."""
        running = sorted(self.workers - self._stopped)
        if self.pauses == PAUSES or len(running) == 1:
            return None
        self.pauses += 1
        worker = running[self._asked % len(running)]
        self._stopped.add(worker)
        return worker

    def _resume(self, worker: int) -> None:
        os.kill(worker, signal.SIGCONT)
        with self._lock:
            self._stopped.discard(worker)


def main() -> None:
    """On a stand-in and a real server, on both databases."""
    figures: dict[str, dict[str, object]] = {}
    for name in _SITES:
        for engine in ENGINES:
            with site(name) as opened:
                told = _run(engine, opened)
            print(f"  {name} on {engine}: {told}", file=sys.stderr, flush=True)
            figures[f"{name} on {engine}"] = told
    held = all(each["held"] for each in figures.values())
    print(json.dumps({"held": held, **figures}))


def _run(engine: str, place: Site) -> dict[str, object]:
    with Flaky(place.sign_in.base_url, renames=True) as proxy:
        url = place.sign_in.base_url.replace(proxy.upstream, proxy.address)
        with queue(engine, place, url, COUNT, lease=LEASE) as waiting:
            pauser = proxy.fault = Pauser()
            log = Path(waiting.environment["WARDLINE_DATA"]) / "workers.log"
            workers = [waiting.worker(log=log) for _ in range(WORKERS)]
            pauser.workers = {worker.pid for worker in workers}
            started = time.monotonic()
            try:
                waiting.wait()
                took = time.monotonic() - started
                time.sleep(3 * LEASE + 1)  # whoever still sleeps wakes up, and writes
            finally:
                for worker in workers:
                    worker.send_signal(signal.SIGCONT)
                    worker.terminate()
                    worker.wait(30)
            ended = outcome(waiting, place)
            lost = log.read_text().count("lease lost")
            stale = waiting.stale_writes()
    return {
        "held": ended.held and not stale and pauser.pauses == PAUSES,
        "publications": COUNT,
        **asdict(ended),
        "pauses": pauser.pauses,
        "leases_lost": lost,
        "stale_writes": stale,
        "seconds": round(took, 1),
    }


if __name__ == "__main__":
    main()
