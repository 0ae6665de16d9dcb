"""CSV in UTF-8 with a header; rows are records, quoted line breaks and all.

https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from wardline.bulk.job import Cut, Row
from wardline.bulk.lines import next_line, skip_line

Record = list[str] | str
"""The cells, each byte as one character, or why the line is no record."""


def columns(path: Path) -> list[str]:
    """The header."""
    with path.open("rb") as file:
        return _header(file)


def cuts(path: Path, rows: int) -> Iterator[Cut]:
    """The file below its header in parts of `rows` records."""
    with path.open("rb") as file:
        _header(file)
        at, first = file.tell(), 1
        while count := sum(1 for _ in islice(_records(file), rows)):
            yield Cut(at, first, count)
            at, first = file.tell(), first + count


def read(path: Path, cut: Cut, wanted: Sequence[str | None]) -> Iterator[Row]:
    """The rows of one part."""
    with path.open("rb") as file:
        header = _header(file)
        places = [header.index(name) if name in header else None for name in wanted]
        file.seek(cut.at)
        for record in islice(_records(file), cut.rows):
            yield _row(record, len(header), places)


def _header(file: BinaryIO) -> list[str]:
    if file.read(len(BOM_UTF8)) != BOM_UTF8:
        file.seek(0)
    first = next(_records(file), [])
    return [] if isinstance(first, str) else [_utf8(cell) for cell in first]


def _records(file: BinaryIO) -> Iterator[Record]:
    """Every record from here on; after a broken one goes on with the next line."""
    start = file.tell()
    while True:
        reader = csv.reader(_lines(file), strict=True)
        try:
            for record in reader:
                yield record
                start = file.tell()
        except csv.Error as error:
            file.seek(start)
            skip_line(file)
            yield f"The line is not CSV ({error})."
            start = file.tell()
        else:
            return


def _lines(file: BinaryIO) -> Iterator[str]:
    """Lines as the csv module wants them: text, here with one character a byte."""
    while line := next_line(file)[0]:
        yield line.decode("latin-1")


def _row(record: Record, width: int, places: Sequence[int | None]) -> Row:
    if isinstance(record, str):
        return record
    if not record:
        return None
    if len(record) != width:
        return (
            f"The row has {len(record)} cells, the header {width}; "
            "a text with a comma has to stand in quotes."
        )
    try:
        return tuple(None if n is None else _utf8(record[n]) for n in places)
    except UnicodeDecodeError as error:
        return f"A cell is not UTF-8 (byte {error.start})."


def _utf8(cell: str) -> str:
    return cell if cell.isascii() else cell.encode("latin-1").decode()
