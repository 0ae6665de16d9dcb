"""Lists as JSON: an array of objects, bare or as an export wraps it."""

from collections.abc import Iterator

from pydantic_core import from_json

from wardline.registry.errors import RegistryError
from wardline.registry.importing.row import MOST_COLUMNS, MOST_ROWS, Row


def rows(content: bytes) -> Iterator[Row]:
    """Each object as a row; its line is its place in the array, counted from 1.

    Raises:
        RegistryError: it is no such array, or has too many objects.
    """
    try:
        read = from_json(content.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
    except ValueError as error:
        msg = f"This is not JSON in UTF-8: {error}."
        raise RegistryError(msg) from error
    accounts = read.get("accounts") if isinstance(read, dict) else read
    if not isinstance(accounts, list):
        raise RegistryError('Give an array of objects, or {"accounts": [ … ]}.')
    if len(accounts) > MOST_ROWS:
        msg = f"The file has more than {MOST_ROWS:,} accounts. Split it."
        raise RegistryError(msg)
    for place, account in enumerate(accounts, 1):
        if not isinstance(account, dict) or len(account) > MOST_COLUMNS:
            msg = f"Entry {place} is not an object with at most {MOST_COLUMNS} fields."
            raise RegistryError(msg)
        cells = {header: _text(value) for header, value in account.items()}
        yield Row(place, {h: c for h, c in cells.items() if h and c})


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(map(_text, value))
    return str(value).strip()
