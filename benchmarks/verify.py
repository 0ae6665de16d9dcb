"""`python -m benchmarks.verify`: GET /api/verify through the real server, on SQLite.

Requests leave at their time whether or not earlier ones were answered, and latency
counts from that time: a server that stalls is not asked less for it.
Client and server share the machine.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, cycle, islice
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from benchmarks.clock import percentile

ACCOUNTS = 1_000
ASKED_FOR = 250
"""Accounts that everybody asks for, in each spelling."""
RATE = 1_000
"""Requests a second."""
SECONDS = 10
WARM_UP = 6
"""Seconds in which the processes come to know what is asked for."""
UNSEEN = 250
"""Requests a second for what no process knows."""
CONNECTIONS = 64
PATIENCE = 60
HOST = "127.0.0.1"
SPELLINGS = (
    "https://x.com/clinic{0}",
    "HTTP://www.Twitter.com/Clinic{0}/?s=20",
    "mobile.twitter.com/clinic{0}#top",
    "https://x.com/clinic{0}-help",
)
"""Of one account, the last of somebody else."""

Times: TypeAlias = list[float]


class Line(asyncio.Protocol):
    """One connection that is kept open, with one request under way at a time."""

    def __init__(self, load: "Load") -> None:
        self._load = load
        self._due = 0.0
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first request."""
        self._transport = transport
        self._load.idle.append(self)

    def ask(self, path: str, due: float) -> None:
        """Send a request that was due at this time of the loop."""
        self._due = due
        request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
        self._transport.write(request.encode())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Count the answer once all of it is here, and take the next request."""
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if not end or len(body) < int(length):
            return
        self._load.answered(head, self._due)
        self._received = b""
        self._load.next(self)


class Load:
    """Requests at a fixed rate; `times` are seconds from due to answered."""

    def __init__(self, paths: Iterator[str]) -> None:
        self.idle: deque[Line] = deque()
        self.times: Times = []
        self.failed = 0
        self.spent = 0.0
        self._paths = paths
        self._waiting: deque[tuple[str, float]] = deque()
        self._loop = asyncio.get_running_loop()

    async def run(self, port: int, rate: float, seconds: float) -> None:
        """Send them all and wait for the last answer."""
        for _ in range(CONNECTIONS):
            await self._loop.create_connection(lambda: Line(self), HOST, port)
        started, total = self._loop.time(), int(rate * seconds)
        for number in range(total):
            due = started + number / rate
            if (early := due - self._loop.time()) > 0:
                await asyncio.sleep(early)
            elif number % CONNECTIONS == 0:
                await asyncio.sleep(0)
            self._waiting.append((next(self._paths), due))
            if self.idle:
                self.next(self.idle.popleft())
        until = self._loop.time() + PATIENCE
        while len(self.times) < total and self._loop.time() < until:
            await asyncio.sleep(0.01)
        self.spent = self._loop.time() - started

    def next(self, line: Line) -> None:
        """Give a connection the oldest request that waits, or let it rest."""
        if self._waiting:
            line.ask(*self._waiting.popleft())
        else:
            self.idle.append(line)

    def answered(self, head: bytes, due: float) -> None:
        """Keep how long it took, and whether it was an answer."""
        self.times.append(self._loop.time() - due)
        status = head.split(b" ", 2)[1]
        self.failed += (
            status not in {b"200", b"404"} or b"signature" not in head.lower()
        )


def measure() -> dict[str, float]:
    """The figures of this machine, with one server process a core."""
    processes = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WARDLINE_DATA"] = folder
        _wardline("prepare").wait()
        _seed()
        with _served(processes) as port:
            asyncio.run(_load(port, RATE, WARM_UP, _known()))
            kept = asyncio.run(_load(port, RATE, SECONDS, _known()))
            most = asyncio.run(_load(port, 10 * RATE, 1, _known()))
            fresh = asyncio.run(_load(port, UNSEEN, SECONDS, _unseen()))
    return {
        "accounts": ACCOUNTS,
        "server_processes": processes,
        "asked_per_second": RATE,
        **_figures(kept),
        "most_per_second": round(len(most.times) / most.spent),
        "never_asked_before_per_second": UNSEEN,
        **{f"never_asked_before_{k}": v for k, v in _figures(fresh).items()},
    }


async def _load(port: int, rate: float, seconds: float, paths: Iterator[str]) -> Load:
    load = Load(paths)
    await load.run(port, rate, seconds)
    return load


def _figures(load: Load) -> dict[str, float]:
    return {
        "answered": len(load.times),
        "failed": load.failed,
        "p50_ms": round(percentile(load.times, 0.5) * 1e3, 1),
        "p99_ms": round(percentile(load.times, 0.99) * 1e3, 1),
    }


def _known() -> Iterator[str]:
    """What everybody asks for, over and over."""
    urls = [words.format(n) for n in range(ASKED_FOR) for words in SPELLINGS]
    return cycle([_path(url) for url in urls])


def _unseen() -> Iterator[str]:
    """Addresses that no process has in its memory."""
    return (_path(f"https://x.com/clinic{n % ACCOUNTS}?utm_id={n}") for n in count())


def _path(url: str) -> str:
    return f"/api/verify?url={quote(url, safe='')}"


def _seed() -> None:
    """Accounts on record, and an audit entry as every change leaves one."""
    from wardline.cli import set_up  # noqa: PLC0415

    set_up()
    from django.db import transaction  # noqa: PLC0415

    from wardline.audit.record import SYSTEM, record  # noqa: PLC0415
    from wardline.people.models import Person, Unit  # noqa: PLC0415
    from wardline.registry.models import Account  # noqa: PLC0415

    with transaction.atomic():
        person = Person.objects.create_user("bench@massgeneral.org", name="Bench")
        unit = Unit.objects.create(name="Clinics", slug="clinics")
        for number in range(ACCOUNTS):
            account = Account.objects.create(
                unit=unit,
                channel="by_hand",
                kind="microblog",
                name=f"Clinic {number}",
                url=f"https://x.com/clinic{number}",
                handle=f"clinic{number}",
                state="active",
            )
            account.versions.create(
                number=1, particulars={}, state="approved", made_by=person
            )
        record(SYSTEM, "account.register", account)


@contextmanager
def _served(processes: int) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    server = _wardline("serve", "--port", str(port), "--processes", str(processes))
    try:
        for _ in islice(count(), PATIENCE * 10):
            with socket.socket() as probe:
                if not probe.connect_ex((HOST, port)):
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wardline(*words: str) -> subprocess.Popen[bytes]:
    command = str(Path(sys.executable).with_name("wardline"))
    return subprocess.Popen([command, *words], stdout=sys.stderr)  # noqa: S603


if __name__ == "__main__":
    print(json.dumps(measure()))
