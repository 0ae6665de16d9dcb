"""A row of a list, and how lines under a header become rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardline.registry.errors import RegistryError

MOST_ROWS = 10_000
MOST_COLUMNS = 100
FORMULA = (*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the start of a formula; in full width too."""

Line = tuple[int, list[str]]
"""Its number in the file, counted from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of a row by their headers, as the file writes them."""

    line: int
    cells: dict[str, str]
    surplus: bool = False
    """Whether there are more cells than headers."""


def rows(lines: Iterable[Line]) -> Iterator[Row]:
    """The rows beneath the first line that is not empty; empty ones are passed by.

    Raises:
        RegistryError: there are too many lines or columns, or a header stands twice.
    """
    headers: list[str] = []
    for line, written in lines:
        cells = [bare(cell) for cell in written]
        _check_size(line, cells)
        if not any(cells):
            continue
        if not headers:
            headers = _headers(cells)
            continue
        filled = {h: c for h, c in zip(headers, cells, strict=False) if h and c}
        yield Row(line, filled, surplus=any(cells[len(headers) :]))


def bare(cell: str) -> str:
    """Without the apostrophe that an export puts before what looks like a formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def _check_size(line: int, cells: list[str]) -> None:
    if line > MOST_ROWS + 1:
        msg = (
            f"The file has more than {MOST_ROWS:,} rows. Split it, and import one "
            "part after the other: what is on record already is passed by."
        )
        raise RegistryError(msg)
    if len(cells) > MOST_COLUMNS:
        msg = f"Line {line} has more than {MOST_COLUMNS} columns. Is this the list?"
        raise RegistryError(msg)


def _headers(cells: list[str]) -> list[str]:
    for header in cells:
        if header and cells.count(header) > 1:
            msg = f"Two columns are called “{header[:40]}”. Rename or remove one."
            raise RegistryError(msg)
    return cells
