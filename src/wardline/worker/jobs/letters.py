"""Send the letters that accounts call for."""

from wardline.audit.clock import database_now
from wardline.registry.steps.send_notice import send_notice


def run() -> bool:
    """Send one; false if none waits."""
    return send_notice(database_now())
