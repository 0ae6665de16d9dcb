"""Two servers on this machine: one that must not be reached, and one that is hostile."""

import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

GIGABYTE = 1 << 30
_ZEROS = bytes(1 << 20)


class Inside(BaseHTTPRequestHandler):
    """What a forged request would be after; it counts who came."""

    hits: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Note it."""
        self.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Hostile(BaseHTTPRequestHandler):
    """`/chain?left=2&to=…` redirects, `/bomb` swells, `/drip` and `/trickle` are slow."""

    def do_GET(self) -> None:
        """Do what the path says, until the other side hangs up."""
        parts = urlsplit(self.path)
        with suppress(OSError):
            if parts.path == "/chain":
                self._chain(parse_qs(parts.query))
            elif parts.path == "/bomb":
                self._bomb()
            else:
                self._drip(headers=parts.path == "/trickle")

    def _chain(self, given: dict[str, list[str]]) -> None:
        left, to = int(given["left"][0]), given["to"][0]
        self.send_response(302)
        self.send_header("Location", f"/chain?left={left - 1}&to={to}" if left else to)
        self.end_headers()

    def _bomb(self) -> None:
        """A gigabyte of zeros, packed into one megabyte."""
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        for _ in range(GIGABYTE // len(_ZEROS)):
            self.wfile.write(packer.compress(_ZEROS))

    def _drip(self, *, headers: bool) -> None:
        """One byte a second, of the body or before it."""
        self.send_response(200)
        if not headers:
            self.end_headers()
        while True:
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(1)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve on a free port of 127.0.0.1; the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()
