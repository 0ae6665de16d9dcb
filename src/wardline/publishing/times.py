"""Wall-clock times in a zone, made exact: gaps are refused, folds are asked about."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wardline.institution import current
from wardline.publishing.errors import PublishingError


class TwiceError(PublishingError):
    """The clocks go back and show that time twice; `first` and `second` name both."""

    def __init__(self, local: datetime, place: ZoneInfo) -> None:
        self.first, self.second = (
            f"{local.replace(tzinfo=place, fold=fold):%H:%M %Z}" for fold in (0, 1)
        )
        super().__init__(
            f"The clocks go back then: {local:%H:%M} comes twice. "
            f"Say which one, {self.first} or {self.second}."
        )


def utc_of(local: datetime, zone: str, *, fold: int | None = None) -> datetime:
    """The UTC instant of a naive wall-clock time.

    `fold` says which is meant where it comes twice: 0 the first, 1 the second.

    Raises:
        TwiceError: it comes twice, and `fold` is None.
        PublishingError: there is no such zone, the clock skips that time, or it lies
            beyond what the calendar holds.
    """
    place = zone_of(zone)
    local = local.replace(fold=0)
    try:
        first, second = (
            local.replace(tzinfo=place, fold=each).astimezone(UTC) for each in (0, 1)
        )
    except OverflowError as error:
        raise PublishingError("Choose a day that is nearer.") from error
    if first.astimezone(place).replace(tzinfo=None) != local:
        msg = (
            f"{local:%H:%M on %d %B %Y} does not exist in {zone}: the clocks go "
            "forward then. Choose a time an hour later."
        )
        raise PublishingError(msg)
    if first != second and fold is None:
        raise TwiceError(local, place)
    return second if fold else first


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name.

    Raises:
        PublishingError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"There is no time zone '{name}'. Choose one such as America/New_York."
        raise PublishingError(msg) from error


def hospital_time(at: datetime) -> datetime:
    """The same instant on the hospital's own clock."""
    return at.astimezone(ZoneInfo(current().timezone))
