"""A loopback proxy that fails on purpose in front of a real server."""

import http.client
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

# The answer of the real server, fetched when it is called; then how to send bytes.
Forward = Callable[[], bytes]
Send = Callable[[bytes], None]
Fault = Callable[[Forward, Send], None]
_PASSED_ON = frozenset({"Content-Type", "Set-Cookie", "X-WP-Total", "X-WP-TotalPages"})


def through(forward: Forward, send: Send) -> None:
    """No fault."""
    send(forward())


def refused(_forward: Forward, _send: Send) -> None:
    """Broken off before the server heard of it."""


def lost(forward: Forward, _send: Send) -> None:
    """Accepted by the server, and the answer lost."""
    forward()


def failed(forward: Forward, send: Send) -> None:
    """Accepted by the server, and answered with 500."""
    forward()
    send(answer(500, b"Internal Server Error"))


def cut_short(forward: Forward, send: Send) -> None:
    """Accepted by the server, and only half of the answer sent."""
    whole = forward()
    send(whole[: len(whole) // 2])


def answer(
    status: int,
    body: bytes = b"",
    kept: Iterable[tuple[str, str]] = (),
    /,
    **headers: str,
) -> bytes:
    """A whole HTTP answer; `Retry_After="3"` is the header Retry-After."""
    lines = [f"HTTP/1.1 {status} Test", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in kept]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def says(status: int, body: bytes = b"", **headers: str) -> Fault:
    """This answer, and the server never hears of it."""
    return lambda _forward, send: send(answer(status, body, **headers))


class Flaky:
    """A proxy to `upstream`; `faults[n]` befalls the n-th request, from 1.

    `fault` befalls all others, and `seen` holds what was asked: "GET /path". With
    `renames`, the server's address in its answers becomes the proxy's.
    """

    def __init__(self, upstream: str = "", *, renames: bool = False) -> None:
        self._renames = renames
        self.faults: dict[int, Fault] = {}
        self.fault: Fault = through
        self.seen: list[str] = []
        self.closing = threading.Event()
        self.upstream = urlsplit(upstream).netloc
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02])
        self.address = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.address}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def drip(self, forward: Forward, send: Send) -> None:
        """Answer a byte at a time, for as long as the client listens."""
        for byte in forward():
            send(bytes([byte]))
            self.closing.wait(0.1)

    def silent(self, forward: Forward, _send: Send) -> None:
        """Accepted by the server, and no answer while the client waits."""
        forward()
        self.closing.wait()

    def relay(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> bytes:
        """The real server's answer."""
        connection = http.client.HTTPConnection(self.upstream, timeout=30)
        headers = {**headers, "Connection": "close", "Accept-Encoding": "identity"}
        connection.request(method, path, body, headers)
        received = connection.getresponse()
        content = received.read()
        connection.close()
        if self._renames:
            here = self.address.encode()
            content = content.replace(self.upstream.encode(), here)
        kept = [item for item in received.headers.items() if item[0] in _PASSED_ON]
        return answer(received.status, content, kept)


class _Server(ThreadingHTTPServer):
    proxy: Flaky


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or not self.parse_request():
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy = self.server.proxy
        proxy.seen.append(f"{self.command} {self.path}")
        fault = proxy.faults.get(len(proxy.seen), proxy.fault)
        headers = dict(self.headers.items())
        with suppress(OSError):  # the client gave up
            fault(
                lambda: proxy.relay(self.command, self.path, headers, body),
                self._send,
            )
        self.close_connection = True

    def _send(self, content: bytes) -> None:
        self.wfile.write(content)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
