"""A loopback site of a few pages, each saying what the test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.servers.flaky import answer


@dataclass(slots=True)
class Pages:
    """What the site answers at each path, 404 at others; `seen` is what was asked."""

    url: str
    at: dict[str, bytes] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def show(self, path: str, html: str, status: int = 200) -> str:
        """Put a page there; its address."""
        self.at[path] = answer(status, html.encode(), Content_Type="text/html")
        return self.url + path

    def say(self, path: str, json: str, status: int = 200) -> None:
        """Put an answer of an API there."""
        self.at[path] = answer(status, json.encode(), Content_Type="application/json")

    def send_on(self, path: str, to: str) -> str:
        """Put a redirect there; its address."""
        self.at[path] = answer(302, Location=to)
        return self.url + path


@contextmanager
def pages() -> Iterator[Pages]:
    """The site, until the test ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    site = Pages(f"http://127.0.0.1:{server.server_port}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site: Pages = self.server.site  # type: ignore[attr-defined]
        site.seen.append(self.path)
        self.wfile.write(site.at.get(self.path) or answer(404, b"Not here"))
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
        """Say nothing."""
