"""All cores of one machine: spawned workers that take one part after the other."""

import multiprocessing
import os
import signal
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Thread

from wardline.bulk.errors import EngineError
from wardline.bulk.job import Advance, Job
from wardline.bulk.part import screen_part
from wardline.bulk.work import Work
from wardline.screening import default

PATIENCE = 3
"""How often workers may die with no part done in between."""


def on_this_machine(workers: int, folder: Path, job: Job, advance: Advance) -> None:
    """Do every part that is missing; a worker that is killed is replaced.

    Raises:
        EngineError: when workers die again and again.
    """
    default()  # compiled here once, found in the cache by every worker
    work, deaths = Work(folder), 0
    while missing := work.missing(job):
        try:
            _round(workers, folder, job, missing, advance)
        except BrokenProcessPool as error:
            deaths = deaths + 1 if work.missing(job) == missing else 0
            if deaths == PATIENCE:
                raise EngineError(
                    "Workers were killed again and again, most likely for want of "
                    "memory. What is done is kept: run the same command with fewer "
                    "--workers."
                ) from error


def _round(
    workers: int, folder: Path, job: Job, missing: Sequence[int], advance: Advance
) -> None:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        min(workers, len(missing)), context, _prepare, (folder, job)
    )
    try:
        futures: list[Future[int]] = [pool.submit(_screen, n) for n in missing]
        for future in as_completed(futures):
            advance(future.result())
    finally:
        pool.shutdown(cancel_futures=True)


_task: tuple[Path, Job]


def _prepare(folder: Path, job: Job) -> None:
    """Make a worker ready: Ctrl-C is its parent's to answer, whose death is its own."""
    global _task  # noqa: PLW0603  (a worker has one job for life)
    _task = folder, job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _screen(number: int) -> int:
    return screen_part(*_task, number)
