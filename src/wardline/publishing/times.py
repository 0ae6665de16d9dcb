"""Wall-clock times in a zone, made exact: gaps are refused, folds are settled."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wardline.publishing.errors import PublishingError


def utc_of(local: datetime, zone: str) -> datetime:
    """The UTC instant of a naive wall-clock time; of two, the earlier.

    Raises:
        PublishingError: there is no such zone, the clock skips that time, or it lies
            beyond what the calendar holds.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        msg = f"There is no time zone '{zone}'. Choose one such as America/New_York."
        raise PublishingError(msg) from error
    try:
        instant = local.replace(tzinfo=place, fold=0).astimezone(UTC)
    except OverflowError as error:
        raise PublishingError("Choose a day that is nearer.") from error
    if instant.astimezone(place).replace(tzinfo=None) != local.replace(fold=0):
        msg = (
            f"{local:%H:%M on %d %B %Y} does not exist in {zone}: the clocks go "
            "forward then. Choose a time an hour later."
        )
        raise PublishingError(msg)
    return instant
