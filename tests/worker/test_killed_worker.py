"""A worker killed after WordPress accepted and before Wardline could record it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.servers.flaky import Flaky, Forward, Send
from tests.servers.wordpress import WordPressServer
from tests.worker.database import column, empty_database

pytestmark = pytest.mark.xdist_group("wordpress")
KILLS = 20
PATIENCE = 60


class Assassin:
    """Kills the worker when WordPress has accepted, and before it answers.

    In turns: a post was created (still hidden), a post was released to the public.
    """

    def __init__(self, proxy: Flaky) -> None:
        self.proxy = proxy
        self.worker: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def __call__(self, forward: Forward, send: Send) -> None:
        method = self.proxy.seen[-1].split()[0]
        answer = forward()
        if self.worker and method == ("PUT" if self.kills % 2 else "POST"):
            self.kills += 1
            self.worker.send_signal(signal.SIGKILL)
            self.worker = None
        else:
            send(answer)


def wardline(data: Mapping[str, str], *command: str) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name("wardline")
    return subprocess.Popen([program, *command], env=data)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    with empty_database(tmp_path) as url:
        yield url


def states(database: str) -> list[str]:
    return column(database, "SELECT state FROM publishing_publication")


def test_twenty_kills_leave_exactly_one_post_each(
    tmp_path: Path, database: str, wordpress: WordPressServer
) -> None:
    data = {
        **{name: value for name, value in os.environ.items() if "DJANGO" not in name},
        "WARDLINE_DATA": str(tmp_path),
        "WARDLINE_DATABASE_URL": database,
        "WARDLINE_LEASE_SECONDS": "5",
        "WARDLINE_ALLOWED_HOSTS": json.dumps(["127.0.0.1"]),
    }
    assert wardline(data, "manage", "migrate", "--verbosity=0").wait() == 0
    with Flaky(wordpress.url) as proxy:
        keys = subprocess.run(
            [
                *(sys.executable, "-m", "tests.worker.seed", str(KILLS)),
                *("wordpress", proxy.url),
                *(wordpress.author.user, wordpress.author.app_password),
            ],
            env=data,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
        assassin = Assassin(proxy)
        proxy.fault = assassin
        while assassin.kills < KILLS:
            worker = assassin.worker = wardline(data, "work")
            assert worker.wait(PATIENCE) == -signal.SIGKILL
        worker = wardline(data, "work")
        end = time.monotonic() + PATIENCE
        while set(states(database)) != {"published"} and time.monotonic() < end:
            time.sleep(0.2)
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    assert states(database) == ["published"] * KILLS
    assert [len(wordpress.public(key)) for key in keys] == [1] * KILLS
    assert wardline(data, "audit", "verify").wait() == 0
