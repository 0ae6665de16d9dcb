"""The claim loop: every job in turn, and a pause when none had work."""

import pkgutil
from collections.abc import Callable
from importlib import import_module
from threading import Event

import structlog
from django.db import close_old_connections

from wardline.worker import jobs

log = structlog.get_logger()

PAUSE = 1.0
"""Seconds between looks when nothing was due."""


def work(stop: Event) -> None:
    """Run until `stop` is set; what is being sent at that moment is finished."""
    all_jobs = every_job()
    log.info("worker started", jobs=sorted(all_jobs))
    while not stop.is_set():
        worked = [attempt(name, job) for name, job in all_jobs.items()]
        close_old_connections()
        if not any(worked):
            stop.wait(PAUSE)
    log.info("worker stopped")


def every_job() -> dict[str, Callable[[], bool]]:
    """Each module of `jobs` by its name."""
    names = [module.name for module in pkgutil.iter_modules(jobs.__path__)]
    return {name: import_module(f"{jobs.__name__}.{name}").run for name in names}


def attempt(name: str, job: Callable[[], bool]) -> bool:
    """Run one job; a failure is logged and never ends the worker.

    The publication that a failing job had claimed is taken up again when its lease
    has run out.
    """
    try:
        return job()
    except Exception:
        log.exception("job failed", job=name)
        return False
