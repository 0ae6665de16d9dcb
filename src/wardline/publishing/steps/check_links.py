"""Look at every link of a draft, while its author can still put a better one in."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import BoundedSemaphore

from django.db import transaction

from wardline.audit.record import record
from wardline.channels.http import Http
from wardline.channels.original import look
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.links import keep, links_of
from wardline.publishing.models import Draft, LinkCheck

_AT_ONCE = 6
_LOOKING = BoundedSemaphore(2)


def check_links(
    actor: Actor, draft: Draft, *, http: Http | None = None
) -> list[LinkCheck]:
    """What was found at each link of the newest content; never inside a transaction.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: too many links are looked at just now.
    """
    require(actor, "draft.edit", draft)
    links = links_of(draft.revision)
    if not _LOOKING.acquire(blocking=False):
        raise PublishingError("Many links are looked at just now. Try in a minute.")
    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = list(pool.map(partial(look, http=http), links))
    finally:
        _LOOKING.release()
    with transaction.atomic():
        rows = [keep(draft, *each) for each in zip(links, found, strict=True)]
        outcomes = [row.outcome for row in rows]
        record(actor, "link.check", draft, outcomes=outcomes)
    return rows
