"""Fault 8: 8 threads look 500 times each while the database fails at random."""

import json
import sqlite3
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.utils import timezone

from faults import flaky
from faults.hospital import accounts, hospital, registrar, seal_all

if TYPE_CHECKING:
    from wardline.registry.models import Checkout
    from wardline.registry.vault.keys import Keyring

THREADS, LOOKS = 8, 500
_HERE = threading.local()
"""Of each thread: the check-out it looks with, and its own way into the database."""


def main() -> None:
    """Count the values that were opened before their audit entry was committed."""
    with hospital("faults.flaky") as data:
        from wardline.audit import chain
        from wardline.registry.models import Checkout

        person, (account,) = registrar(), accounts(1)
        seal_all(account)
        until = timezone.now() + timedelta(hours=1)
        row = {"account": account, "person": person, "reason": "Fault", "until": until}
        Checkout.objects.bulk_create(Checkout(**row) for _ in range(THREADS * LOOKS))
        seen: Counter[str] = Counter()
        _watch_openings(data / "wardline.sqlite3", seen)
        checkouts = list(Checkout.objects.select_related("account", "person"))
        flaky.ARMED.set()
        threads = [
            threading.Thread(target=_look, args=(checkouts[at::THREADS], seen))
            for at in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        flaky.ARMED.clear()
        problems = len(list(chain.verify()))
    figures = {
        "held": not (seen["opened_unrecorded"] or problems)
        and seen["shown"] + seen["failed"] == THREADS * LOOKS,
        "tries": THREADS * LOOKS,
        "shown": seen["shown"],
        "failed": seen["failed"],
        "opened_unrecorded": seen["opened_unrecorded"],
        "audit_problems": problems,
    }
    print(json.dumps(figures))


def _look(checkouts: list["Checkout"], seen: Counter[str]) -> None:
    from wardline.registry.steps.reveal import reveal

    for checkout in checkouts:
        _HERE.checkout = checkout.pk
        try:
            reveal(checkout.person.actor, checkout, "password")
        except DatabaseError:
            seen["failed"] += 1
        else:
            seen["shown"] += 1
    connection.close()


def _watch_openings(database: Path, seen: Counter[str]) -> None:
    """At the moment a value is opened, look from outside whether its entry is there."""
    from wardline.registry.models import Secret
    from wardline.registry.vault import custody

    open_it = custody.opened

    def watched(row: Secret, keys: "Keyring") -> str:
        if not hasattr(_HERE, "database"):
            _HERE.database = sqlite3.connect(database, timeout=60)
        found = _HERE.database.execute(
            "SELECT 1 FROM audit_entry WHERE action = 'vault.reveal' AND detail LIKE ?"
            " ORDER BY sequence DESC LIMIT 1",
            [f"%check-out {_HERE.checkout}:%"],
        ).fetchone()
        seen["opened_unrecorded"] += not found
        return open_it(row, keys)

    custody.opened = watched


if __name__ == "__main__":
    main()
