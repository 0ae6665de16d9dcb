"""Once an hour: what is due for review, who lost their owner, whom to remind."""

from datetime import timedelta

from wardline.audit.clock import database_now
from wardline.registry.steps.remind import remind
from wardline.registry.steps.review_due import review_due
from wardline.registry.steps.watch_owners import watch_owners
from wardline.registry.turns import take_turn

EVERY = timedelta(hours=1)


def run() -> bool:
    """Go through the registry; false if another worker did within the hour."""
    now = database_now()
    if not take_turn("registry", now, EVERY):
        return False
    review_due(now)
    watch_owners()
    remind(now)
    return True
