"""Search the site of the next account whose week is over for look-alikes."""

import structlog

from wardline.audit.clock import database_now
from wardline.audit.record import SYSTEM
from wardline.registry.errors import RegistryError
from wardline.registry.look_alikes import due
from wardline.registry.steps.report_look_alike import search_look_alikes
from wardline.worker.pace import Pace

log = structlog.get_logger()
pace = Pace(600)


def run() -> bool:
    """Search for one account; false if none is due, or it is too soon to look."""
    if not pace.is_due() or (account := due(database_now())) is None:
        return False
    try:
        found = search_look_alikes(SYSTEM, account)
    except RegistryError as error:
        log.warning("no search for look-alikes", account=account.pk, why=str(error))
    else:
        log.info("searched for look-alikes", account=account.pk, found=len(found))
    return True
