"""Whether a draft may go out at a time: ahead, cleared for it, inside its window."""

from datetime import datetime

from wardline.institution import current
from wardline.publishing.authorizations import objection
from wardline.publishing.errors import PublishingError
from wardline.publishing.gate import missing, named
from wardline.publishing.models import Draft


def require_time(draft: Draft, at: datetime | None, now: datetime) -> None:
    """Do nothing if the draft may go out at `at` (UTC), or now.

    Raises:
        PublishingError: that time has passed, an office has not cleared it or its
            clearance will have expired, or it lies outside the cleared window.
    """
    if at and at < now:
        raise PublishingError("That time has passed. Choose a later one, or now.")
    when = at or now
    if lacking := missing(draft, current(), when):
        names = named(lacking, current())
        msg = f"Not cleared for that time by {names}. Submit the draft again."
        raise PublishingError(msg)
    if reason := objection(draft, when):
        raise PublishingError(reason)
    if draft.not_before and when < draft.not_before:
        msg = f"It was cleared for {draft.not_before:%d %B %Y %H:%M} UTC or later."
        raise PublishingError(msg)
    if draft.not_after and when > draft.not_after:
        msg = (
            f"It was cleared until {draft.not_after:%d %B %Y %H:%M} UTC only. "
            "Change the window and submit again."
        )
        raise PublishingError(msg)
