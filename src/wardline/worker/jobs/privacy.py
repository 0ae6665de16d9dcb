"""Tell the Privacy Office of patient data that was published."""

from wardline.audit.clock import database_now
from wardline.publishing.steps.tell_privacy import tell_privacy


def run() -> bool:
    """Send one letter; false if none waits."""
    return tell_privacy(database_now())
