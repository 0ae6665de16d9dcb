"""Lists as comma-separated values: RFC 4180, and what Excel makes of it.

https://www.rfc-editor.org/rfc/rfc4180
"""

import codecs
import csv
import io
from collections.abc import Iterator

from wardline.registry.errors import RegistryError
from wardline.registry.importing.row import Line

DELIMITERS = ",;\t|"


def lines(content: bytes) -> Iterator[Line]:
    """Each record with the number of the line on which it begins.

    Raises:
        RegistryError: it is not text in UTF-8 (or UTF-16 with its mark), or a quote
            is not closed.
    """
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        msg = (
            f"Line {line} cannot be read as CSV ({error}). Look for a quotation mark "
            "that is opened and not closed."
        )
        raise RegistryError(msg) from error


def _decoded(content: bytes) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        msg = (
            f"Line {line} is not in UTF-8. In Excel choose “Save as”, then "
            "“CSV UTF-8 (comma delimited)”."
        )
        raise RegistryError(msg) from error
    if "\0" in text:
        raise RegistryError(
            "This is not a text file. Save the list as CSV in UTF-8, or as .xlsx."
        )
    return text
