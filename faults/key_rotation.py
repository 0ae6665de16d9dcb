"""Fault 7: the rotation of the vault's key, killed at 50 points with 10,000 secrets."""

import json
import os
import random
import signal
import time
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from django.db import connections, transaction

from faults.hospital import FIELDS, accounts, hospital, seal_all

SECRETS, KILLS, BATCH = 10_000, 50, 100
_PARTS = 6
"""A kill comes within this part of the time that a whole rotation takes."""


def main() -> None:
    """Kill, look whether everything opens, and go on; at the end try the old keys."""
    chance = random.Random(7)  # noqa: S311  (when to kill)
    with hospital():
        with transaction.atomic():
            for account in accounts(SECRETS // len(FIELDS)):
                seal_all(account)
        keys = {*_keys()}
        started = time.monotonic()
        _end(_rotating())
        whole = time.monotonic() - started
        kills = finished = unreadable = 0
        while kills < KILLS:
            child = _rotating()
            time.sleep(chance.uniform(0, whole / _PARTS))
            os.kill(child, signal.SIGKILL)
            killed = os.WIFSIGNALED(_end(child))
            kills += killed
            finished += not killed
            keys.update(_keys())
            unreadable += _unreadable()
        _end(_rotating())
        unreadable += _unreadable()
        (current,) = _keys()
        opened = sum(map(_opens, keys - {current}))
    figures = {
        "held": not unreadable and not opened,
        "secrets": SECRETS,
        "kills": kills,
        "rotations_begun": len(keys) - 1,
        "unreadable": unreadable,
        "opened_by_an_old_key": opened,
        "rotation_seconds": round(whole, 1),
    }
    print(json.dumps(figures))


def _rotating() -> int:
    """A process that rotates the key; its id."""
    from wardline.people.access import Actor
    from wardline.registry.steps.rotate_key import rotate_key

    connections.close_all()
    if child := os.fork():
        return child
    operator = Actor(0, "Operator", roles=frozenset({"administrator"}))
    rotate_key(operator, batch=BATCH)
    os._exit(0)


def _end(child: int) -> int:
    return os.waitpid(child, 0)[1]


def _keys() -> list[bytes]:
    from django.conf import settings

    from wardline.registry.vault.key_file import KeyFile

    return KeyFile(settings.VAULT_KEY_FILE).read()


def _unreadable() -> int:
    """How many credentials do not open with the keys that are at hand."""
    from wardline.registry.models import Secret
    from wardline.registry.vault import UnreadableError
    from wardline.registry.vault.custody import opened
    from wardline.registry.vault.keys import keyring

    ring, readable = keyring(), 0
    for row in Secret.objects.all():
        with suppress(UnreadableError):
            readable += bool(opened(row, ring))
    return SECRETS - readable


def _opens(key: bytes) -> int:
    """How many rows this key still opens."""
    from wardline.registry.models import Secret
    from wardline.registry.vault.custody import aad
    from wardline.registry.vault.keys import LocalKey

    provider, opened = LocalKey(key), 0
    for row in Secret.objects.all():
        place = aad(row.account_id, row.field, row.version).encode()
        with suppress(InvalidTag):
            provider.unwrap(bytes(row.wrapped_key), place)
            opened += 1
    return opened


if __name__ == "__main__":
    main()
