"""Once an hour: which clearances are over, and which offices to remind."""

from datetime import timedelta

from wardline.audit.clock import database_now
from wardline.publishing.steps.expire_clearances import expire_clearances
from wardline.publishing.steps.remind_offices import remind_offices
from wardline.registry.turns import take_turn

EVERY = timedelta(hours=1)


def run() -> bool:
    """Go through the clearances; false if another worker did within the hour."""
    now = database_now()
    if not take_turn("clearances", now, EVERY):
        return False
    expire_clearances(now)
    remind_offices(now)
    return True
