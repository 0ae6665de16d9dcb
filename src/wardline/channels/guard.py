"""Keeps requests off our own network and within their time.

Builds on requests-hardened, which resolves a name once and connects to exactly that
address: https://github.com/saleor/requests-hardened
"""

import ipaddress
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, cast

import requests
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import (  # type: ignore[import-untyped]
    InvalidIPAddress,
)
from requests_hardened.ip_filter_adapter import (  # type: ignore[import-untyped]
    IPFilterAdapter,
)
from typing_extensions import override
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

_ALSO_PRIVATE = tuple(
    ipaddress.ip_network(each)
    for each in (
        "fec0::/10",  # site-local (RFC 3879)
        "::/96",  # IPv4-compatible (RFC 4291)
        "::ffff:0:0:0/96",  # IPv4-translated (RFC 2765)
    )
)
"""What requests-hardened leaves."""
_AGAIN = 0.2  # seconds between two cuts, for a connection made in the meantime


class Watchdog:
    """Cuts every connection that it watches once `seconds` are over.

    A socket's own time-out starts anew with each byte; this one does not.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._seconds = seconds
        self._over = threading.Event()
        self._sockets: list[socket.socket] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def watch(self, connection: HTTPConnection) -> HTTPConnection:
        """Cut this connection too when the time is up."""
        connect = connection.connect

        def remembered() -> None:
            connect()
            # Kept here, for http.client forgets it before the body is read.
            self._sockets.append(cast("socket.socket", connection.sock))

        connection.connect = remembered  # type: ignore[method-assign]
        return connection

    def _run(self) -> None:
        pause = self._seconds
        while not self._over.wait(pause):
            self.expired, pause = True, _AGAIN
            for connected in self._sockets:
                with suppress(OSError):
                    # Not SSLSocket's own, which would disturb a read going on.
                    socket.socket.shutdown(connected, socket.SHUT_RDWR)


class GuardedAdapter(IPFilterAdapter):  # type: ignore[misc]
    """Refuses private addresses but for the hosts that `is_allowed` knows."""

    def __init__(
        self,
        *,
        secure: bool,
        is_allowed: Callable[[str, int | None], bool],
        watchdog: Watchdog,
    ) -> None:
        super().__init__(is_https_proto=secure)
        self._is_allowed = is_allowed
        self._watchdog = watchdog

    @override
    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,
        cert: str | tuple[str, str] | None = None,
    ) -> tuple[Any, Any]:
        plain = HTTPAdapter.build_connection_pool_key_attributes
        host, options = plain(self, request, verify, cert)
        if self._is_allowed(host["host"], host["port"]):
            return host, options
        host, options = super().build_connection_pool_key_attributes(
            request, verify, cert
        )
        address = ipaddress.ip_address(host["host"].strip("[]"))
        if any(address in network for network in _ALSO_PRIVATE):
            raise InvalidIPAddress(address)
        return host, options

    @override
    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: str | tuple[str, str] | None = None,
    ) -> HTTPConnectionPool:
        pool: HTTPConnectionPool = super().get_connection_with_tls_context(
            request, verify, proxies, cert
        )
        connect: Any = pool.ConnectionCls
        pool.ConnectionCls = lambda **host: self._watchdog.watch(  # type: ignore[assignment]
            connect(**host)
        )
        return pool
