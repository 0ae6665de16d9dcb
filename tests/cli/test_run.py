import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wardline.cli import run

WARDLINE = Path(sys.executable).with_name("wardline")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def running(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`wardline run` on an empty database, once web and worker have both started."""
    environment = os.environ | {"WARDLINE_DATA": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([WARDLINE, "prepare"], env=environment, check=True)
    with subprocess.Popen(
        [WARDLINE, "run", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        waited_for = {"Started worker", "worker started"}
        while waited_for:
            line = read_line(process)
            waited_for -= {words for words in waited_for if words in line}
        yield process
        process.kill()


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = process.stdout.readline()
    assert line, "wardline run ended before web and worker had started"
    return line


def test_a_taken_port_is_refused_with_advice() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        refused = subprocess.run(
            [WARDLINE, "run", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 2
    assert f"Port {port} cannot be used" in refused.stderr
    assert "make run PORT=" in refused.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_web_and_worker(
    running: subprocess.Popen[str], port: int, ending: signal.Signals
) -> None:
    running.send_signal(ending)
    said, _ = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "worker stopped" in said
    assert "Granian shutdown completed" in said
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_when_the_worker_dies_the_web_server_ends_too(
    running: subprocess.Popen[str], port: int
) -> None:
    os.kill(child_that_runs(running.pid, "work"), signal.SIGKILL)
    said, _ = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "ended by itself" in said
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_what_a_part_leaves_behind_ends_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.5)
    deaf = "trap '' TERM; sleep 60 & echo started; wait"
    with subprocess.Popen(
        ["/bin/sh", "-c", deaf], stdout=subprocess.PIPE, process_group=0
    ) as part:
        assert part.stdout
        assert part.stdout.readline() == b"started\n"
        run.end([part])
        # Readable is the end of the pipe: nobody holds it any more.
        assert select.select([part.stdout], [], [], 20)[0]


def child_that_runs(parent: int, command: str) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return next(
        int(child)
        for child in children
        if Path(f"/proc/{child}/cmdline").read_bytes().endswith(f"{command}\0".encode())
    )
