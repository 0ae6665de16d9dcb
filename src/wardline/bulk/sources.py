"""Find the input files, see that they have the columns, and cut them into parts."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import msgspec

from wardline.bulk import csv_rows, jsonl_rows, parquet_rows
from wardline.bulk.errors import ColumnError, InputError
from wardline.bulk.job import Columns, Cut, Job, Part, Row, Source


class Format(msgspec.Struct, frozen=True):
    """How one kind of file is read."""

    columns: Callable[[Path], list[str]]
    cuts: Callable[[Path, int], Iterator[Cut]]
    read: Callable[[Path, Cut, Sequence[str | None]], Iterator[Row]]


_JSONL = Format(jsonl_rows.columns, jsonl_rows.cuts, jsonl_rows.read)
FORMATS = {
    ".csv": Format(csv_rows.columns, csv_rows.cuts, csv_rows.read),
    ".jsonl": _JSONL,
    ".ndjson": _JSONL,
    ".parquet": Format(parquet_rows.columns, parquet_rows.cuts, parquet_rows.read),
}


def files(inputs: Sequence[Path]) -> list[Path]:
    """The files that `inputs` name, those of a folder in the order of their names.

    Raises:
        InputError: where there is none, or one that cannot be read.
    """
    found = [file for place in inputs for file in _files(place)]
    for file, times in Counter(found).items():
        if times > 1:
            raise InputError(file, "is named twice; name it once.")
    return found


def sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """Every file with what tells it from another."""
    return tuple(map(_source, paths))


def planned(job: Job) -> Job:
    """The job, named and cut into parts.

    Raises:
        ColumnError: naming the columns that are there.
    """
    for source in job.sources:
        _check(source, job.options.columns)
    parts = tuple(
        Part(number, cut)
        for number, source in enumerate(job.sources)
        for cut in _format(source).cuts(Path(source.path), job.options.part_rows)
    )
    return msgspec.structs.replace(job, parts=parts, run=uuid4().hex)


def rows(job: Job, part: Part) -> Iterator[Row]:
    """The rows of one part.

    Raises:
        InputError: when the file is not what it was.
    """
    source = job.source(part)
    yield from _format(source).read(
        Path(source.path), part.cut, job.options.columns.wanted
    )
    _see_unchanged(source)


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        inside = (path for path in place.rglob("*") if path.is_file())
        found = sorted(path for path in inside if path.suffix.lower() in FORMATS)
        if not found:
            raise InputError(place, f"holds no file that ends in {_known()}.")
        return found
    if not place.exists():
        raise InputError(place, "is not there; name a file or folder that is.")
    if place.suffix.lower() not in FORMATS:
        raise InputError(place, f"does not end in {_known()}.")
    return [place]


def _known() -> str:
    *others, last = FORMATS
    return f"{', '.join(others)} or {last}"


def _source(path: Path) -> Source:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "blake2b").hexdigest()
    status = path.stat()
    return Source(
        path.as_posix(),
        str(path.resolve()),
        digest,
        status.st_size,
        status.st_mtime_ns,
    )


def _see_unchanged(source: Source) -> None:
    status = Path(source.path).stat()
    if (status.st_size, status.st_mtime_ns) != (source.size, source.modified):
        raise InputError(
            source.name, "was changed while it was read; start anew with --restart."
        )


def _format(source: Source) -> Format:
    return FORMATS[Path(source.path).suffix.lower()]


def _check(source: Source, columns: Columns) -> None:
    present = _format(source).columns(Path(source.path))
    if not present:
        return  # an empty file, or one whose rows will all be refused
    for name in columns.required:
        if name not in present:
            raise ColumnError(
                source.name,
                f"has no column {name!r}. It has: {', '.join(present)}. "
                "Name the one that holds the posts with --text, and the others "
                "as `wardline screen --help` says.",
            )
