"""Small archives, and an engine that screens them without leaving the process."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wardline.bulk import Options, Summary, screen_archive
from wardline.bulk.job import Advance, Job
from wardline.bulk.part import screen_part
from wardline.bulk.work import Work

TELLING = "Can someone pull the chart for MRN 4471903?"
CLEAN = "Free flu shots at the library on Saturday."

WHOLE = Options()

Record = dict[str, Any]


class Quiet:
    """A progress that only counts."""

    def __init__(self) -> None:
        self.total = self.done = 0

    def begin(self, total: int, done: int) -> None:
        self.total, self.done = total, done

    def advance(self, rows: int) -> None:
        self.done += rows


def here(folder: Path, job: Job, advance: Advance) -> None:
    """An engine: this process, one part after the other."""
    for number in Work(folder).missing(job):
        advance(screen_part(folder, job, number))


def screened(
    inputs: Sequence[Path], output: Path, options: Options = WHOLE, **more: bool
) -> Summary:
    """One run of `here`."""
    return screen_archive(inputs, output, options, here, Quiet(), **more)


def lines(file: Path) -> list[Record]:
    """What a JSON lines file holds."""
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def write(file: Path, records: Sequence[Record]) -> Path:
    """An archive in the format that the name asks for."""
    if file.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(list(records)), file, row_group_size=3)
    elif file.suffix == ".csv":
        with file.open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, records[0])
            writer.writeheader()
            writer.writerows(records)
    else:
        text = "".join(json.dumps(record) + "\n" for record in records)
        file.write_text(text, "utf-8")
    return file
