"""Publish, correct or withdraw the next thing that is due."""

from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.deliver import deliver


def run() -> bool:
    """Send one publication; false if none is due."""
    if (claimed := claim()) is None:
        return False
    deliver(claimed)
    return True
