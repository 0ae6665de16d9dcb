"""Several workers on one queue, as a hospital runs them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.servers.webhook import Receiver
from tests.worker.database import column, empty_database

ROWS, WORKERS, PATIENCE = 12, 3, 60
WARDLINE = str(Path(sys.executable).with_name("wardline"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    with empty_database(tmp_path) as url:
        yield url


@pytest.fixture
def environment(tmp_path: Path, database: str) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    return {
        **kept,
        "WARDLINE_DATA": str(tmp_path),
        "WARDLINE_DATABASE_URL": database,
        "WARDLINE_ALLOWED_HOSTS": json.dumps(["127.0.0.1"]),
    }


def test_processing_set_by_check_then_set_several_workers_one_claim_a_row(
    database: str, environment: Mapping[str, str], receiver: Receiver
) -> None:
    migrate = [WARDLINE, "manage", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=environment, check=True)
    sign_in = receiver.connection
    words = [str(ROWS), "webhook", sign_in.base_url, "wardline", sign_in.secret]
    seed = [sys.executable, "-m", "tests.worker.seed", *words]
    subprocess.run(seed, env=environment, check=True, capture_output=True)
    workers = [
        subprocess.Popen([WARDLINE, "work"], env=environment) for _ in range(WORKERS)
    ]
    end = time.monotonic() + PATIENCE
    while set(states(database)) != {"published"} and time.monotonic() < end:
        time.sleep(0.2)
    for worker in workers:
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    assert states(database) == ["published"] * ROWS
    taken = "SELECT target FROM audit_entry WHERE action = 'publication.sending'"
    assert len(column(database, taken)) == len(receiver.posts) == ROWS


def states(database: str) -> list[str]:
    return column(database, "SELECT state FROM publishing_publication")
