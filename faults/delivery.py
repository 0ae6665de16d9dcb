"""A queue of publications, workers in processes of their own, and what they leave."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faults.sites import Site
from tests.servers.recipe import running
from tests.worker.database import column, empty_database

ENGINES = ("sqlite", "postgresql")
OVER = frozenset({"published", "failed", "unconfirmed", "missed", "held", "cancelled"})
_WARDLINE = Path(sys.executable).with_name("wardline")


@dataclass(frozen=True, slots=True)
class Queue:
    """A database of its own, and the keys of the publications that are due in it."""

    database: str
    environment: Mapping[str, str]
    keys: tuple[str, ...]

    def worker(
        self, *before: str, log: Path = Path(os.devnull)
    ) -> subprocess.Popen[bytes]:
        """A worker of its own; `before` is what runs it, instead of `wardline`."""
        command = before or (str(_WARDLINE),)
        with log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603
                [*command, "work"], env=self.environment, stdout=output, stderr=output
            )

    def states(self) -> Counter[str]:
        """How many publications are in each state."""
        return Counter(
            column(self.database, "SELECT state FROM publishing_publication")
        )

    def wait(self, seconds: float = 300) -> Counter[str]:
        """The states once all have ended, or when the time is up."""
        end = time.monotonic() + seconds
        while (states := self.states()).keys() - OVER and time.monotonic() < end:
            time.sleep(0.3)
        return states

    def stale_writes(self) -> int:
        """How many results were written under a fence that had passed by then.

        The audit says of each claim and each result under which fence it was.
        """
        entries = column(
            self.database,
            "SELECT target || ' ' || action || ' ' || CAST(detail AS TEXT) "
            "FROM audit_entry WHERE action LIKE 'publication.%' ORDER BY sequence",
        )
        claimed: dict[str, int] = {}
        stale = 0
        for entry in entries:
            target, action, detail = entry.split(" ", 2)
            fence = json.loads(detail).get("fence")
            if action == "publication.sending":
                claimed[target] = fence
            elif fence is not None:
                stale += fence != claimed.get(target)
        return stale

    def intact(self) -> bool:
        """Whether the audit chain verifies, and SQLite finds its file whole."""
        verified = self.run("audit", "verify")
        if not self.database.startswith("sqlite"):
            return verified
        return verified and column(self.database, "PRAGMA integrity_check") == ["ok"]

    def run(self, *words: str) -> bool:
        """Whether a command of wardline ended well."""
        command = [str(_WARDLINE), *words]
        done = subprocess.run(  # noqa: S603
            command, env=self.environment, capture_output=True, check=False
        )
        if done.returncode:
            sys.stderr.buffer.write(done.stderr[-2000:])
        return not done.returncode


@contextmanager
def queue(  # noqa: PLR0913  (what a queue has)
    engine: str, site: Site, url: str, count: int, *, lease: int = 3, ahead: str = ""
) -> Iterator[Queue]:
    """`count` publications for the site at `url`, cleared and due now or `ahead`."""
    with (
        tempfile.TemporaryDirectory(prefix="wardline-faults-") as folder,
        _database(engine, Path(folder)) as database,
    ):
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if "DJANGO" not in name
            },
            "WARDLINE_DATA": folder,
            "WARDLINE_DATABASE_URL": database,
            "WARDLINE_LEASE_SECONDS": str(lease),
            "WARDLINE_SEND_ATTEMPTS": "50",
            "WARDLINE_ALLOWED_HOSTS": json.dumps(["127.0.0.1"]),
        }
        made = Queue(database, environment, ())
        if not made.run("manage", "migrate", "--verbosity=0"):
            raise RuntimeError("the database could not be set up")
        yield Queue(database, environment, _seeded(made, site, url, count, ahead))


def _seeded(
    made: Queue, site: Site, url: str, count: int, ahead: str
) -> tuple[str, ...]:
    sign_in = site.sign_in
    words = [str(count), site.channel, url, sign_in.username, sign_in.secret, ahead]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.worker.seed", *words],
        env=made.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(done.stdout.split())


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'wardline.sqlite3'}"
        return
    with running("postgres") as told:
        os.environ["WARDLINE_DATABASE_URL"] = told["url"]
        try:
            with empty_database(folder) as database:
                yield database
        finally:
            del os.environ["WARDLINE_DATABASE_URL"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a queue: at the site, and in the database."""

    published: int
    duplicates: int
    missing: int
    intact: bool

    @property
    def held(self) -> bool:
        """Whether each is there once, and Wardline knows it."""
        return self.intact and not self.duplicates and not self.missing


def outcome(queue: Queue, site: Site) -> Outcome:
    """Compare what the public sees with what was to be published."""
    there = sum(map(site.found, queue.keys))
    return Outcome(
        published=queue.states()["published"],
        duplicates=site.count() - there,
        missing=len(queue.keys) - there,
        intact=queue.intact(),
    )
