"""Look again at the next link of a published post whose week is over."""

from wardline.audit.clock import database_now
from wardline.publishing.links import take_due
from wardline.publishing.steps.recheck_link import recheck_link
from wardline.worker.pace import Pace

PACE = Pace(seconds=2.0)


def run() -> bool:
    """Look at one link; false if none is due, or the last was a moment ago."""
    if not PACE.is_due():
        return False
    now = database_now()
    if (row := take_due(now)) is None:
        return False
    recheck_link(row, now)
    return True
