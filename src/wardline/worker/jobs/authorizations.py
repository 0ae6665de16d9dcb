"""Once an hour: which authorizations of patients are over, or soon will be."""

from datetime import timedelta

from wardline.audit.clock import database_now
from wardline.publishing.steps.expire_authorizations import expire_authorizations
from wardline.registry.turns import take_turn

EVERY = timedelta(hours=1)


def run() -> bool:
    """Look at all of them; false if another worker did within the hour."""
    now = database_now()
    if not take_turn("authorizations", now, EVERY):
        return False
    expire_authorizations(now)
    return True
