"""Accounts as files: the columns that an import takes, and what became of each."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from wardline.people.access import Actor
from wardline.registry.importing.row import FORMULA
from wardline.registry.models import Account
from wardline.registry.schema import COLUMNS, Record, record_of

_records = TypeAdapter(list[Record])


def export(kind: str, accounts: Iterable[Account], reader: Actor) -> bytes:
    """The accounts as a file of one of `FORMATS`, as `reader` may see them."""
    return FORMATS[kind][1]([record_of(account, reader) for account in accounts])


def headers(kind: str) -> dict[str, str]:
    """With which a file of one of `FORMATS` is sent, to be kept."""
    return {
        "Content-Type": FORMATS[kind][0],
        "Content-Disposition": f'attachment; filename="accounts.{kind}"',
        "Cache-Control": "no-store",
    }


def as_json(records: list[dict[str, Any]]) -> bytes:
    """`{"accounts": [ … ]}`; an account has the fields of `Record`."""
    read = _records.dump_python(_records.validate_python(records), mode="json")
    return json.dumps({"accounts": read}, indent=1, ensure_ascii=False).encode()


def as_csv(records: list[dict[str, Any]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel takes it for Latin."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(_lines(records))
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(records: list[dict[str, Any]]) -> bytes:
    """A workbook whose first sheet is the list."""
    from openpyxl import Workbook  # noqa: PLC0415  (300 ms that others need not wait)

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Accounts")
    for line in _lines(records):
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FORMATS: Mapping[str, tuple[str, Callable[[list[dict[str, Any]]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_xlsx,
    ),
}
"""Each with its media type."""


def _lines(records: list[dict[str, Any]]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for one in records:
        yield [harmless(_cell(one[name])) for name in COLUMNS]


def harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(tag.replace(";", ",") for tag in value)
        case datetime():
            return value.isoformat()
    return str(value)
