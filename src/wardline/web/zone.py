"""The zone in which this person reads the calendar; the hospital's if they chose none."""

from wardline.institution import current
from wardline.web.moments import zones
from wardline.web.request import Request

KEPT = "zone"


def reader_zone(request: Request) -> str:
    """An IANA name; `?zone=` changes it for as long as the person is signed in."""
    asked = request.GET.get("zone", "")
    if asked in dict(zones()):
        request.session[KEPT] = asked
    kept: str = request.session.get(KEPT, "")
    return kept if kept in dict(zones()) else current().timezone
