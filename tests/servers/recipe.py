"""Start a server by its script, and end it again."""

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def started(name: str) -> Iterator[dict[str, Any]]:
    """What `NAME.sh start` prints; meanwhile channels may reach 127.0.0.1."""
    with running(name) as told, pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
        yield told


@contextmanager
def running(name: str) -> Iterator[dict[str, Any]]:
    """What `NAME.sh start` prints; the server is ended and its folder removed."""
    script = Path(__file__).with_name(f"{name}.sh")
    folder = tempfile.mkdtemp(prefix="wardline-")
    try:
        yield json.loads(_run(script, "start", folder, str(_free_port())))
    finally:
        _run(script, "stop", folder)
        shutil.rmtree(folder)


def _run(script: Path, *arguments: str) -> str:
    command = ["bash", str(script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
