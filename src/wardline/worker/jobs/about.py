"""Look at the public profile of the next account whose day's audit is due."""

from wardline.audit.clock import database_now
from wardline.audit.record import SYSTEM
from wardline.registry.about_due import take_due
from wardline.registry.steps.audit_about import look


def run() -> bool:
    """Audit one profile; false if none is due."""
    if (account := take_due(database_now())) is None:
        return False
    look(SYSTEM, account)
    return True
