"""Ask for new credentials where the stored ones have become old, once an hour."""

from wardline.registry.models import Account
from wardline.registry.steps.rotation import ask_for_rotation
from wardline.worker.pace import Pace

PACE = Pace(3600)


def run() -> bool:
    """Look at every account with credentials; never keeps the worker from its pause."""
    if PACE.is_due():
        for account in Account.objects.filter(secrets__isnull=False).distinct():
            ask_for_rotation(account)
    return False
