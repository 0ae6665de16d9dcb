"""JSON lines: one object a line; rows are lines, blank ones counted."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from wardline.bulk.job import Cut, Row
from wardline.bulk.lines import next_line

SAMPLE = 100
"""Lines that are looked at for the names of columns."""

_decode = msgspec.json.Decoder().decode
_SURROGATE = re.compile("[\ud800-\udfff]")


def columns(path: Path) -> list[str]:
    """The keys of the first objects, in order."""
    with path.open("rb") as file:
        lines = [_decoded(line) for line, _ in islice(_lines(file), SAMPLE)]
    return list(dict.fromkeys(key for line in lines for key in line or ()))


def cuts(path: Path, rows: int) -> Iterator[Cut]:
    """The file in parts of `rows` lines."""
    with path.open("rb") as file:
        at, first = 0, 1
        while count := sum(1 for _ in islice(_lines(file), rows)):
            yield Cut(at, first, count)
            at, first = file.tell(), first + count


def read(path: Path, cut: Cut, wanted: Sequence[str | None]) -> Iterator[Row]:
    """The rows of one part."""
    with path.open("rb") as file:
        file.seek(cut.at)
        for line, long in islice(_lines(file), cut.rows):
            yield "The line is too long for a post." if long else _row(line, wanted)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    while (line := next_line(file))[0]:
        yield line


def _row(line: bytes, wanted: Sequence[str | None]) -> Row:
    try:
        cells = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _row_slowly(line, wanted)
    if not isinstance(cells, dict):
        return "The line is no JSON object."
    return tuple(map(cells.get, wanted))


def _row_slowly(line: bytes, wanted: Sequence[str | None]) -> Row:
    """Accept lone surrogates, which msgspec does not, and find out what is wrong."""
    if not line.strip():
        return None
    try:
        cells = json.loads(line.decode())
    except UnicodeDecodeError as error:
        return f"The line is not UTF-8 (byte {error.start})."
    except (ValueError, RecursionError):
        return "The line is not JSON."
    if not isinstance(cells, dict):
        return "The line is no JSON object."
    return tuple(_whole(cells.get(name)) for name in wanted)


def _whole(cell: object) -> object:
    """A cell without lone surrogates, which no output could hold."""
    return _SURROGATE.sub("\ufffd", cell) if isinstance(cell, str) else cell


def _decoded(line: bytes) -> dict[str, object] | None:
    try:
        cells = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return cells if isinstance(cells, dict) else None
