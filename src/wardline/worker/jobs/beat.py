"""Say that this worker lives: health asks for it."""

from wardline.audit.clock import database_now
from wardline.publishing.lateness import BEAT_EVERY, beat
from wardline.worker.pace import Pace

PACE = Pace(BEAT_EVERY.total_seconds())


def run() -> bool:
    """Note it now and then; never keeps the worker from its pause."""
    if PACE.is_due():
        beat(database_now())
    return False
