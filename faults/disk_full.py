"""Fault 4: the database's disk is full, again and again, while publications are due.

On SQLite by `max_page_count`, on PostgreSQL by a tablespace on a small disk of its own,
which takes the rights of an administrator.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection

from faults.delivery import ENGINES
from faults.hospital import hospital
from faults.sites import Site, site
from tests.servers.recipe import running

COUNT, FULL = 120, 40
_LEASE, _DISK, _PAGE = 1, 64 << 20, 8192
Room = Callable[[int | None], None]
"""Leaves so many pages, or all there are."""


def main() -> None:
    """Each database in a process of its own, because Django knows one."""
    figures = {engine: _figures(engine) for engine in ENGINES}
    held = all(each["held"] for each in figures.values())
    print(json.dumps({"held": held, **figures}))


def _figures(engine: str) -> dict[str, object]:
    command = [sys.executable, "-m", "faults.disk_full", engine]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def run(engine: str) -> None:
    """Fill the disk 40 times, each time at another moment, and look at the site."""
    os.environ["WARDLINE_LEASE_SECONDS"] = str(_LEASE)
    os.environ["WARDLINE_SEND_ATTEMPTS"] = "50"
    prepared = _sqlite if engine == "sqlite" else _postgresql
    with site("webhook") as place, prepared() as room:
        logging.disable(logging.CRITICAL)
        keys = _seeded(place)
        refused = unrecorded = 0
        for turn in range(FULL):
            room(turn % 12)
            refused += _work(3)
            unrecorded += sum(place.found(key) and not _intended(key) for key in keys)
            room(None)
            _work(3, rounds=2)
        end = time.monotonic() + 60
        while _open() and time.monotonic() < end:
            _work(50)
            time.sleep(0.2)
        figures = _outcome(place, keys, refused, unrecorded)
    print(json.dumps(figures))


def _outcome(
    place: Site, keys: list[str], refused: int, unrecorded: int
) -> dict[str, object]:
    from wardline.audit import chain
    from wardline.publishing.models import Publication

    there = sum(map(place.found, keys))
    published = Publication.objects.filter(state="published").count()
    problems = len(list(chain.verify()))
    missing, twice = len(keys) - there, place.count() - there
    return {
        "held": bool(
            refused
            and published == COUNT
            and not (unrecorded or missing or twice or problems)
        ),
        "publications": COUNT,
        "times_full": FULL,
        "refused": refused,
        "posted_unrecorded": unrecorded,
        "published": published,
        "duplicates": twice,
        "missing": missing,
        "audit_problems": problems,
    }


def _seeded(place: Site) -> list[str]:
    from tests.worker.seed import main as seed

    sign_in, said = place.sign_in, StringIO()
    with redirect_stdout(said):
        seed(COUNT, place.channel, sign_in.base_url, sign_in.username, sign_in.secret)
    return said.getvalue().split()


def _work(tries: int, rounds: int = 50) -> int:
    """Deliver until `tries` rounds failed or found nothing; how many failed."""
    from wardline.worker.jobs.deliver import run as deliver

    failed = 0
    for _ in range(rounds):
        try:
            worked = deliver()
        except Exception:  # noqa: BLE001  as the worker's loop, which logs it
            failed += 1
        else:
            tries -= not worked
        if failed >= tries:
            break
    return failed


def _intended(key: str) -> bool:
    """Whether the intent to post under this key is on record."""
    from wardline.audit.models import Entry

    return Entry.objects.filter(action="publication.sending", detail__key=key).exists()


def _open() -> bool:
    from wardline.publishing.models import Publication

    return Publication.objects.exclude(state="published").exists()


@contextmanager
def _sqlite() -> Iterator[Room]:
    def room(pages: int | None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            (used,) = cursor.fetchone()
            most = 2**31 if pages is None else used + pages
            cursor.execute(f"PRAGMA max_page_count = {most}")

    with hospital():
        yield room


@contextmanager
def _postgresql() -> Iterator[Room]:
    with _disk() as disk, running("postgres") as told:
        with psycopg.connect(told["admin_url"], autocommit=True) as admin:
            admin.execute(f"CREATE TABLESPACE small OWNER wardline LOCATION '{disk}'")
            admin.execute("ALTER DATABASE wardline SET default_tablespace = small")
        os.environ["WARDLINE_DATABASE_URL"] = told["url"]
        filler = disk / "filler"

        def room(pages: int | None) -> None:
            filler.unlink(missing_ok=True)
            if pages is not None:
                free = os.statvfs(disk)
                left = free.f_bavail * free.f_frsize - pages * _PAGE
                with filler.open("wb") as file:
                    os.posix_fallocate(file.fileno(), 0, max(left, 1))

        with hospital():
            yield room
            connection.close()
        other = urlsplit(told["admin_url"])._replace(path="postgres").geturl()
        with psycopg.connect(other, autocommit=True) as admin:
            admin.execute("DROP DATABASE wardline WITH (FORCE)")
            admin.execute("DROP TABLESPACE small")


@contextmanager
def _disk() -> Iterator[Path]:
    """A disk of 64 MB that PostgreSQL owns."""
    with tempfile.TemporaryDirectory(prefix="wardline-disk-") as folder:
        subprocess.run(  # noqa: S603
            ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", folder],  # noqa: S607
            check=True,
        )
        try:
            shutil.chown(folder, "postgres")
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)  # noqa: S603, S607


if __name__ == "__main__":
    run(sys.argv[1]) if sys.argv[1:] else main()
