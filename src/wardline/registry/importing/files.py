"""Which kind of file this is, and its rows."""

from pathlib import PurePath

from wardline.registry.errors import RegistryError
from wardline.registry.importing import csv_lines, json_rows, row, xlsx_lines
from wardline.registry.importing.row import Row

LARGEST = 5 * 1024 * 1024
ZIP, OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"


def read(name: str, content: bytes) -> list[Row]:
    """The rows of a CSV, XLSX or JSON file.

    Raises:
        RegistryError: it is none of them, is too large, or holds no row.
    """
    if len(content) > LARGEST:
        msg = f"The file is larger than {LARGEST >> 20} MB. Split it."
        raise RegistryError(msg)
    if content.startswith(OLD_EXCEL):
        raise RegistryError("This is an old workbook. Save it in Excel as .xlsx.")
    if content.startswith(ZIP):
        found = list(row.rows(xlsx_lines.lines(content)))
    elif PurePath(name).suffix.lower() == ".json":
        found = list(json_rows.rows(content))
    else:
        found = list(row.rows(csv_lines.lines(content)))
    if not found:
        raise RegistryError(
            "The file holds no row. Its first line names the columns; each line "
            "beneath is an account."
        )
    return found
