"""A real WordPress on 127.0.0.1, started once for the tests of one process."""

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from wardline.channels import Connection

_SCRIPT = Path(__file__).with_suffix(".sh")
_STATES = "publish,future,draft,pending,private,trash"


@dataclass(frozen=True, slots=True)
class Login:
    """One WordPress user."""

    user: str
    password: str = field(repr=False)
    app_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WordPressServer:
    """Where it runs, who may sign in, and what it holds."""

    url: str
    admin: Login
    author: Login

    @property
    def connection(self) -> Connection:
        """As the author, the way Wardline signs in."""
        return Connection(self.url, self.author.user, self.author.app_password)

    def call(self, method: str, path: str, **fields: str) -> Any:  # noqa: ANN401 -- JSON
        """The REST API as the administrator: parameters or, when writing, fields."""
        sent: dict[str, Any] = {"params" if method == "GET" else "json": fields}
        answer = requests.request(
            method,
            f"{self.url}/wp-json/wp/v2/{path}",
            auth=(self.admin.user, self.admin.app_password),
            timeout=30,
            **sent,
        )
        answer.raise_for_status()
        return answer.json()

    def posts(self, key: str, states: str = _STATES) -> list[dict[str, Any]]:
        """Whatever WordPress holds of this key: repeats and trash included."""
        slugs = [key, *(f"{key}-{twin}" for twin in range(2, 10))]
        slugs += [f"{slug}__trashed" for slug in slugs]
        found: list[dict[str, Any]] = self.call(
            "GET", "posts", slug=",".join(slugs), status=states, per_page="100"
        )
        return found

    def public(self, key: str) -> list[dict[str, Any]]:
        """The posts of this key that everyone can see."""
        return self.posts(key, "publish")

    def page(self, url: str) -> str:
        """A page's HTML as an anonymous visitor gets it."""
        answer = requests.get(url, timeout=30)
        answer.raise_for_status()
        return answer.text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(*arguments: str) -> str:
    command = ["bash", str(_SCRIPT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPressServer]:
    """The server; from its first use on, channels may reach 127.0.0.1."""
    folder = tempfile.mkdtemp(prefix="wardline-wp-")
    try:
        started = json.loads(_run("start", folder, str(_free_port())))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
            yield WordPressServer(
                started["url"], Login(**started["admin"]), Login(**started["author"])
            )
    finally:
        _run("stop", folder)
        shutil.rmtree(folder)
