"""Finding a post of ours by the address at which somebody reads it."""

import re

from wardline.publishing.models import Publication
from wardline.registry import address
from wardline.registry.errors import RegistryError

_TOKEN = re.compile(r"[\w.~-]+")
MOST = 500


def published_at(url: str) -> Publication | None:
    """The publication that stands at this address, in any spelling; None if none does.

    Raises:
        RegistryError: it is no address of a page.
    """
    asked = address.key(url)
    told = _TOKEN.findall(asked.partition("/")[2])
    rows = Publication.objects.select_related("draft__corrects", "account").filter(
        state="published", remote_url__icontains=max(told, key=len, default=asked)
    )
    rows = rows.exclude(action="withdraw").order_by("-pk")
    return next((row for row in rows[:MOST] if _key(row.remote_url) == asked), None)


def _key(url: str) -> str:
    try:
        return address.key(url)
    except RegistryError:
        return ""
