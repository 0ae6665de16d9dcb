"""Screen one part: file in, file out, in bounded memory."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from wardline.bulk.batch import Batch, Screened, screen_batch
from wardline.bulk.job import Job, Row
from wardline.bulk.rules import screener
from wardline.bulk.sources import rows
from wardline.bulk.work import Work

ROWS, CHARACTERS = 4096, 4 << 20
"""What is held at once."""


def screen_part(folder: Path, job: Job, number: int) -> int:
    """Screen a part, keep what it gave in the work folder, and say its rows."""
    Work(folder).keep(job, number, _pieces(job, number))
    return job.parts[number].cut.rows


def _pieces(job: Job, number: int) -> Iterator[Screened]:
    part = job.parts[number]
    name, first = job.source(part).name, part.cut.first
    using = screener(job.rules, rules_only=job.options.rules_only)
    for some in _batches(rows(job, part)):
        batch = Batch(name, first, some)
        yield screen_batch(batch, job.options.context, using)
        first += len(some)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        if isinstance(row, tuple) and isinstance(row[0], str | bytes):
            size += len(row[0])
        if len(batch) == ROWS or size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
