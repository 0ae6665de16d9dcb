"""Lists as Excel workbooks: the first sheet, read row by row.

A workbook is a ZIP archive, so a small one can unpack to something huge. How large its
parts say they are is looked at before any is unpacked, and Python unpacks no more; how
many tags they hold, before any is parsed.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import ParseError

from wardline.registry.errors import RegistryError
from wardline.registry.importing.row import Line

UNPACKED = 16 * 1024 * 1024
MOST_PARTS = 500
MOST_TAGS = 400_000
"""Of XML in all parts, four to six for a filled cell: openpyxl takes 3 µs for each."""
STYLES = "xl/styles.xml"
MOST_STYLES = 20_000
EXACT = 10**15
"""Excel keeps fifteen digits of a number."""
BROKEN = (
    AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError,
    ParseError, RuntimeError, TypeError, ValueError, zipfile.BadZipFile,
)  # fmt: skip
"""What openpyxl and zipfile raise for workbooks that are none, or encrypted."""


def lines(content: bytes) -> Iterator[Line]:
    """Each row of the first sheet, with its number there.

    Raises:
        RegistryError: it is no workbook, unpacks to too much, or a long number in it
            was rounded by Excel.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (300 ms that others need not wait)

    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # they may be made up, and rows are padded to them
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield line, [_text(cell, line) for cell in cells]
    except BROKEN as error:
        raise RegistryError(
            "This workbook cannot be read. Open it in Excel, take a password off it, "
            "and save it again as .xlsx or as CSV UTF-8."
        ) from error


def _check_size(content: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if len(parts) <= MOST_PARTS and sum(part.file_size for part in parts) <= UNPACKED:
        tags = {part.filename: archive.read(part).count(b"<") for part in parts}
        if sum(tags.values()) <= MOST_TAGS and tags.get(STYLES, 0) <= MOST_STYLES:
            return
    raise RegistryError(
        "This workbook holds more than is read at once. Copy the list alone into a new "
        "workbook (unformatted, at most 10,000 rows), or save it as CSV UTF-8."
    )


def _text(cell: object, line: int) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case int() | float() if abs(cell) >= EXACT:
            msg = (
                f"Line {line} holds a number of more than 15 digits, which Excel has "
                "rounded. Format the column as text and enter it again."
            )
            raise RegistryError(msg)
        case float() if cell.is_integer():
            return str(int(cell))
        case date():
            return cell.isoformat()
    return str(cell)
