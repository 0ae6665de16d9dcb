"""A whole run: plan or go on, have an engine do what is missing, join the parts."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from wardline.bulk import outputs
from wardline.bulk.errors import WorkError
from wardline.bulk.job import Advance, Job, Options
from wardline.bulk.rules import fingerprint
from wardline.bulk.sources import files, planned, sources
from wardline.bulk.summary import Summary, encode, summary
from wardline.bulk.work import FOUND, REFUSED, Work

Engine: TypeAlias = Callable[[Path, Job, Advance], None]
"""Does every part of a job that is missing in a work folder, telling of rows done."""


class Progress(Protocol):
    """Shows how far a run is."""

    def begin(self, total: int, done: int) -> None:
        """Rows in all, and those that an earlier run has done."""

    def advance(self, rows: int) -> None:
        """So many more are done."""


def screen_archive(  # noqa: PLR0913  (what a run needs to know)
    inputs: Sequence[Path],
    output: Path,
    options: Options,
    engine: Engine,
    progress: Progress,
    *,
    restart: bool = False,
) -> Summary:
    """Screen every post of `inputs`, and write findings, refused rows and summary.

    A run that was killed goes on where it was when it is called again.

    Raises:
        BulkError: saying what to do.
        OSError: when a file cannot be read or written.
    """
    outputs.check(output)
    work = Work(output.with_name(f"{output.name}.work"))
    _see_apart(inputs, output)
    if output.exists() and not work.begun and not restart:
        raise WorkError(output, "is there already; name another, or add --restart.")
    with work.held():
        job = _resumed(inputs, options, work, restart=restart)
        missing = work.missing(job)
        total = job.rows(range(len(job.parts)))
        progress.begin(total, total - job.rows(missing))
        if missing:
            engine(work.folder, job, progress.advance)
        return _finished(job, work, output)


def _see_apart(inputs: Sequence[Path], output: Path) -> None:
    """Refuse an output that would be read as input."""
    place = output.resolve()
    for one in inputs:
        if one.resolve() in (place, *place.parents):
            raise WorkError(output, "is in the input; name another place.")


def _resumed(
    inputs: Sequence[Path], options: Options, work: Work, *, restart: bool
) -> Job:
    job = Job(sources(files(inputs)), options, fingerprint())
    begun = None if restart else work.job()
    if begun is None:
        job = planned(job)
        work.begin(job)
        return job
    if reason := _difference(begun, job):
        raise WorkError(
            work.folder,
            f"holds a run that was not finished, but {reason}. "
            "Run it again as it was, or start anew with --restart.",
        )
    # The same bytes may have been copied elsewhere since, so the places are today's.
    return msgspec.structs.replace(begun, sources=job.sources)


def _difference(begun: Job, job: Job) -> str:
    before = {source.name: source.digest for source in begun.sources}
    now = {source.name: source.digest for source in job.sources}
    if [*before] != [*now]:
        return "the input was made of other files"
    for name, digest in before.items():
        if now[name] != digest:
            return f"{name} has changed since"
    if begun.options != job.options:
        return "the options were others"
    if begun.rules != job.rules:
        return "the rules, the institution or Wardline itself have changed since"
    return ""


def _finished(job: Job, work: Work, output: Path) -> Summary:
    names = tuple(source.name for source in job.sources)
    total = summary(names, job.rules, work.tally(job))
    outputs.write_whole(
        outputs.refused_file(output),
        partial(outputs.concatenate, work.files(job, REFUSED)),
    )
    outputs.write_whole(
        outputs.summary_file(output), lambda draft: draft.write_bytes(encode(total))
    )
    outputs.join(work.files(job, FOUND), output)
    work.empty()
    return total
