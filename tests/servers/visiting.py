"""Visitors of a test server: servers slow down those who write often from one address."""

from itertools import count
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from typing_extensions import override

_hosts = count(2)


class _From(HTTPAdapter):
    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    @override
    def init_poolmanager(self, *given: Any, **options: Any) -> None:
        source = (self._address, 0)
        super().init_poolmanager(*given, **options, source_address=source)


def from_elsewhere() -> requests.Session:
    """A session from a loopback address that nobody had before."""
    number = next(_hosts)
    session = requests.Session()
    session.mount("http://", _From(f"127.0.{number // 250 + 1}.{number % 250 + 1}"))
    return session
