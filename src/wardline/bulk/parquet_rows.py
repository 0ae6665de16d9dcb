"""Parquet: a part is one row group or several small ones, read in batches."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wardline.bulk.errors import ExtraError, InputError
from wardline.bulk.job import Cut, Row

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

BATCH = 4096
"""Rows that are decoded at once."""


def columns(path: Path) -> list[str]:
    """The names in the schema."""
    with _opened(path) as file:
        return list(file.schema_arrow.names)


def cuts(path: Path, rows: int) -> Iterator[Cut]:
    """The file in parts of whole row groups, of about `rows` rows where it can be."""
    with _opened(path) as file:
        sizes = [
            file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)
        ]
    at, first, count = 0, 1, 0
    for group, size in enumerate(sizes):
        if count and count + size > rows:
            yield Cut(at, first, count)
            at, first, count = group, first + count, 0
        count += size
    if count:
        yield Cut(at, first, count)


def read(path: Path, cut: Cut, wanted: Sequence[str | None]) -> Iterator[Row]:
    """The rows of one part."""
    with _opened(path) as file:
        present = [name for name in wanted if name in file.schema_arrow.names]
        batches = file.iter_batches(BATCH, _groups(file, cut), columns=present)
        for batch in batches:
            cells = {name: _cells(batch.column(name)) for name in present}
            nothing = [None] * len(batch)
            yield from zip(*(cells.get(name, nothing) for name in wanted), strict=True)


def _opened(path: Path) -> "pq.ParquetFile":
    try:
        import pyarrow as pa  # noqa: PLC0415  (180 ms that only Parquet has to wait for)
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraError(
            "Parquet needs an extra: pip install 'wardline[bulk]'"
        ) from error
    try:
        return pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise InputError(path, "is not Parquet; see that it is whole.") from error


def _groups(file: "pq.ParquetFile", cut: Cut) -> list[int]:
    groups: list[int] = []
    rows = 0
    while rows < cut.rows:
        groups.append(cut.at + len(groups))
        rows += file.metadata.row_group(groups[-1]).num_rows
    return groups


def _cells(column: "pa.Array") -> list[object]:
    import pyarrow as pa  # noqa: PLC0415

    kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz:
        column = column.cast(pa.timestamp(kind.unit))  # UTC, whatever zone it shows
    if pa.types.is_temporal(kind):
        column = column.cast(pa.string())  # Python has no nanoseconds
    try:
        cells: list[object] = column.to_pylist()
    except (
        UnicodeDecodeError
    ):  # some cell is not UTF-8; whose row it is, comes out later
        cells = column.cast(pa.binary()).to_pylist()
    return cells
