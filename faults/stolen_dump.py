"""Fault 6: whoever steals database, backups, logs and answers finds no secret in them."""

import base64
import io
import json
import logging
import re
import secrets
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter

from faults.hospital import FIELDS, accounts, hospital, registrar

if TYPE_CHECKING:
    from wardline.people.models import Person
    from wardline.registry.models import Account

PLANTED = 1_000
MARK = "Zq7xW4kP9vTb"
"""Every planted secret begins with it, so that one search finds any of them."""


def main() -> None:
    """Plant, use, provoke errors, then search all that can be stolen."""
    logged = _logging()
    with hospital() as data:
        person, rows = registrar(), accounts(PLANTED // len(FIELDS))
        _plant(person, rows)
        loot = {
            "tracebacks": "".join(_tracebacks(person, rows[0])).encode(),
            "answers": b"".join(_answers(person, rows[0])),
            "files": b"".join(_files(person, data)),
            "backup": _backup(data),
            "dump": _dump(),
            "logs": logged.getvalue().encode(),
        }
        refused, rows_kept = _swapped()
    hits = {name: _hits(stolen) for name, stolen in loot.items()}
    found = sum(map(_hits, _control()))
    figures = {
        "held": not any(hits.values())
        and found == len(_control())
        and all(loot.values())
        and refused == rows_kept,
        "planted": PLANTED,
        "hits": hits,
        "searched_bytes": {name: len(stolen) for name, stolen in loot.items()},
        "planted_in_the_open_and_found": f"{found} of {len(_control())}",
        "swapped": rows_kept,
        "swapped_refused": refused,
    }
    print(json.dumps(figures))


def _hits(stolen: bytes) -> int:
    return sum(stolen.count(form) for form in _forms(MARK.encode()))


def _control() -> list[bytes]:
    """What the search must find: a secret in each form, between other bytes."""
    text = f"{MARK}0123456789ab".encode()
    coded = [base64.b64encode(bytes(before) + text) for before in range(3)]
    return [text, text.hex().encode(), *coded]


def _logging() -> io.StringIO:
    """Everything that is logged from now on, with messages, as others' settings may."""
    logged = io.StringIO()
    logging.basicConfig(stream=logged, level=logging.DEBUG)
    return logged


def _plant(person: "Person", rows: list["Account"]) -> None:
    from wardline.registry import vault

    with transaction.atomic():
        for account in rows:
            for field in FIELDS:
                vault.store(person.actor, account, field, _secret())


def _secret() -> str:
    return MARK + secrets.token_urlsafe(12)


def _tracebacks(person: "Person", account: "Account") -> Iterator[str]:
    """What Django would mail of errors in the middle of storing, seeing and showing."""
    from wardline import logs
    from wardline.registry.steps.check_out import check_out
    from wardline.registry.steps.reveal import reveal
    from wardline.registry.steps.store_credential import keep
    from wardline.registry.vault import custody, envelope

    def look() -> None:
        hour = timedelta(hours=1)
        checkout = check_out(person.actor, account, reason="Fault", within=hour)
        reveal(person.actor, checkout, "password")

    def store() -> None:
        keep(person.actor, account, "mfa-seed", _secret())

    for place, name, step in (
        (custody, "blind_index", store),
        (custody, "seal", store),
        (envelope, "AESGCM", store),
        (custody, "unseal", look),
        (envelope, "_data_key", look),
    ):
        with patch.object(place, name, side_effect=ZeroDivisionError):
            try:
                step()
            except ZeroDivisionError as error:
                yield logs.where(error)
                report = ExceptionReporter(None, *sys.exc_info())
                yield report.get_traceback_text()
                yield report.get_traceback_html()


def _answers(person: "Person", account: "Account") -> Iterator[bytes]:
    """Every page and every API answer that can be read; one page breaks on the way."""
    from django.test import Client

    from wardline.people.tokens import SCOPES
    from wardline.registry.steps.issue_token import issue_token
    from wardline.web import custody
    from wardline.web.urls import urlpatterns

    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(person)
    logging.getLogger("django").handlers.clear()  # what breaks is meant to
    _, token = issue_token(
        person.actor, name="Fault", scopes=SCOPES, lasts=timedelta(days=1)
    )
    bearer = {"Authorization": f"Bearer {token}"}
    addresses = [
        reverse(pattern.name or "", kwargs={"pk": account.pk} if takes else {})
        for pattern in urlpatterns
        if (takes := set(pattern.pattern.converters)) <= {"pk"}
        and pattern.name != "sign-out"
    ]
    paths = client.get("/api/openapi.json").json()["paths"]
    addresses.extend(re.sub(r"\{\w+\}", str(account.pk), path) for path in paths)
    for address in addresses:
        yield client.get(address, headers=bearer).content
    given = {"field": "password", "value": _secret()}
    kept = f"/accounts/{account.pk}/custody/keep"
    yield client.post(kept, given).content
    with patch.object(custody, "keep", side_effect=ZeroDivisionError):
        yield client.post(kept, given).content


def _files(person: "Person", data: Path) -> Iterator[bytes]:
    """All that is in the folder but its keys, in the middle of a change."""
    from wardline.registry import vault
    from wardline.registry.models import Account, Secret

    with transaction.atomic():
        vault.store(person.actor, Account.objects.all()[1], "password", _secret())
        Secret.objects.update(sealed_at=timezone.now())
        for path in data.rglob("*"):
            if path.is_file() and path.parent.name != "keys":
                yield path.read_bytes()


def _backup(data: Path) -> bytes:
    copy = data / "backup.sqlite3"
    with closing(sqlite3.connect(data / "wardline.sqlite3")) as source:
        with closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        lines = "\n".join(source.iterdump())
    return copy.read_bytes() + lines.encode()


def _dump() -> bytes:
    written = io.StringIO()
    call_command("dumpdata", stdout=written)
    return written.getvalue().encode()


def _swapped() -> tuple[int, int]:
    """How often the vault refuses an envelope in another row's place, of how many."""
    from wardline.registry.models import Secret
    from wardline.registry.vault import UnreadableError
    from wardline.registry.vault.custody import opened
    from wardline.registry.vault.keys import keyring

    rows, keys, refused = list(Secret.objects.order_by("pk")), keyring(), 0
    envelopes = [(row.key_id, row.wrapped_key, row.sealed) for row in rows]
    for row, envelope in zip(rows, envelopes[1:] + envelopes[:1], strict=True):
        row.key_id, row.wrapped_key, row.sealed = envelope
        try:
            opened(row, keys)
        except UnreadableError:
            refused += 1
    return refused, len(rows)


def _forms(text: bytes) -> set[bytes]:
    """As it stands, in hex, and in base64 wherever it begins in a triple of bytes."""
    found = {text, text.hex().encode(), text.hex().upper().encode()}
    for before in range(3):
        coded = base64.b64encode(bytes(before) + text)
        # What shares its letters with neighbours is left off at both ends.
        first, last = -(-before * 8 // 6), (before + len(text)) * 8 // 6
        found.add(coded[first:last])
    return found


if __name__ == "__main__":
    main()
