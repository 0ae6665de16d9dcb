"""Fault 9: requests that others would have us make to our own network, or never end."""

import json
import logging
import random
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from faults.hostile import Hostile, Inside, served
from wardline.channels.contract import ChannelError
from wardline.channels.http import MOST_BYTES, Http

DEADLINE, LONGEST, HOPS, REBINDINGS = 8.0, 10.0, 5, 500
HOSTS = (
    "127.0.0.1", "localhost", "LOCALHOST.", "127.1", "0x7f.1", "2130706433",
    "0177.0.0.1", "0", "127.0.0.1.", "①②⑦.⓪.⓪.①", "127。0。0。1",
    "0.0.0.0",  # noqa: S104  (asked for, not bound to)
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[fec0::1]", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
    "198.18.0.1", "224.0.0.1", "255.255.255.255", "good.example@127.0.0.1",
)  # fmt: skip
SCHEMES = ("file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "ftp://127.0.0.1/",
           "dict://127.0.0.1:11211/", "data:text/plain,a")  # fmt: skip
PUBLIC = "93.184.216.34"


def main() -> None:
    """Ask for each of them, and count who was reached, how much and how long."""
    logging.disable()
    with served(Inside) as inside, served(Hostile) as hostile, _watched(hostile) as met:
        http = Http([f"127.0.0.1:{hostile}"], deadline=DEADLINE, hops=HOPS)
        trial, here = _Trial(http), f"http://127.0.0.1:{hostile}"
        trial.all(f"http://{host}:{inside}/" for host in HOSTS)
        trial.all(SCHEMES)
        trial.all(_chains(here, inside))
        with patch.object(socket, "getaddrinfo", _rebinding()):
            trial.all(f"http://rebind.example:{inside}/" for _ in range(REBINDINGS))
        before = _memory()
        trial.all([f"{here}/bomb"])
        grown = _memory() - before
        trial.all([f"{here}/drip", f"{here}/trickle"] * 4)
        hits = len(Inside.hits)
    figures = {
        "held": not hits and not met and not trial.answered and trial.most <= LONGEST,
        "asked": trial.asked,
        "inside_hits": hits,
        "connections_inwards": len(met),
        "answered": trial.answered,
        "longest_seconds": round(trial.most, 1),
        "most_body_bytes": MOST_BYTES,
        "bomb_memory_mb": grown,
    }
    print(json.dumps(figures))


def _chains(here: str, inside: int) -> Iterator[str]:
    """Redirects that end inside, after none to four others: 20 of them."""
    for left in range(HOPS):
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
            yield f"{here}/chain?left={left}&to=http://{host}:{inside}/"
        yield f"{here}/chain?left={left}&to=file:///etc/passwd"


def _memory() -> int:
    """The most that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class _Trial:
    """Asks for addresses, eight at once, and keeps count."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self.asked = self.answered = 0
        self.most = 0.0

    def all(self, addresses: Any) -> None:  # noqa: ANN401
        with ThreadPoolExecutor(8) as pool:
            for seconds, answered in pool.map(self._one, addresses):
                self.asked += 1
                self.answered += answered
                self.most = max(self.most, seconds)

    def _one(self, address: str) -> tuple[float, bool]:
        started, answered = time.monotonic(), True
        try:
            self._http.request("GET", address)
        except ChannelError:
            answered = False
        return time.monotonic() - started, answered


@contextmanager
def _watched(allowed: int) -> Iterator[list[object]]:
    """Every address that a connection was tried to, but for the hostile server's.

    Nothing leaves this machine: what would is refused here.
    """
    met: list[object] = []
    main_thread = threading.main_thread()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "socket.connect" or arguments[1][:2] == ("127.0.0.1", allowed):
            return
        if arguments[1][0] != PUBLIC and main_thread.is_alive():
            met.append(arguments[1])
        raise ConnectionRefusedError(111, "nothing leaves this machine")

    sys.addaudithook(watch)
    yield met


def _rebinding() -> Callable[..., Any]:
    """A resolver that gives a public address now, and our own the next moment."""
    real, chance = socket.getaddrinfo, random.Random(9)  # noqa: S311

    def answer(host: str, port: int, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if host != "rebind.example":
            return real(host, port, *args, **kwargs)
        given = chance.choice([[PUBLIC], ["127.0.0.1"], [PUBLIC, "127.0.0.1"]])
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, (address, port)) for address in given]

    return answer


if __name__ == "__main__":
    main()
