"""Join the finished parts to the files that a run is asked for."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from wardline.bulk.batch import Found
from wardline.bulk.errors import BulkError, ExtraError

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 1 << 14
"""Findings of which the output is made at once: some 70 MB of Python objects."""

_decode = msgspec.json.Decoder(Found).decode


def summary_file(output: Path) -> Path:
    """Beside `findings.jsonl` it is `findings.summary.json`."""
    return output.with_name(f"{output.stem}.summary.json")


def refused_file(output: Path) -> Path:
    """Beside `findings.jsonl` it is `findings.refused.jsonl`."""
    return output.with_name(f"{output.stem}.refused.jsonl")


def check(output: Path) -> None:
    """See that the output can be written.

    Raises:
        BulkError: saying what is wrong with its place or its name.
        ExtraError: when Parquet is asked for and pyarrow is missing.
    """
    if output.suffix.lower() not in _FORMATS:
        raise BulkError(output, f"does not end in {' or '.join(_FORMATS)}.")
    if output.is_dir():
        raise BulkError(output, "is a folder; name a file in it.")
    if not output.parent.is_dir():
        raise BulkError(output, "would be in a folder that does not exist; make it.")
    if output.suffix.lower() == ".parquet":
        _pyarrow()


def join(parts: Sequence[Path], output: Path) -> None:
    """Write the findings of all parts, in their order, in the output's format."""
    write_whole(output, partial(_FORMATS[output.suffix.lower()], parts))


def concatenate(parts: Iterable[Path], output: Path) -> None:
    """Write files one after the other."""
    with output.open("wb") as joined:
        for part in parts:
            with part.open("rb") as lines:
                shutil.copyfileobj(lines, joined)


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Have a file written under another name, so that it appears whole."""
    draft = path.with_name(f"{path.name}.part")
    write(draft)
    draft.replace(path)


def _parquet(parts: Sequence[Path], output: Path) -> None:
    pa, pq = _pyarrow()
    schema = _schema(pa)
    found = map(_decode, chain.from_iterable(map(_lines, parts)))
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        while some := list(islice(found, ROW_GROUP)):
            columns = [[getattr(one, name) for one in some] for name in schema.names]
            writer.write_table(pa.table(columns, schema=schema))


def _lines(part: Path) -> Iterator[bytes]:
    with part.open("rb") as file:
        yield from file


def _schema(pa: Any) -> "pa.Schema":  # noqa: ANN401  (a module that may be missing)
    kinds = {"row": pa.int64(), "start": pa.int32(), "end": pa.int32()}
    kinds["clauses"] = pa.list_(pa.string())
    nullable = ("post", "account", "time", "kind")
    return pa.schema(
        pa.field(name, kinds.get(name, pa.string()), name in nullable)
        for name in Found.__struct_fields__
    )


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415  (180 ms that only Parquet has to wait for)
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraError(
            "Parquet needs an extra: pip install 'wardline[bulk]'"
        ) from error
    return pa, pq


_FORMATS: dict[str, Callable[[Sequence[Path], Path], None]] = {
    ".jsonl": concatenate,
    ".parquet": _parquet,
}
