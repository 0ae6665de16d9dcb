"""Wall-clock times in zones: gaps, folds, and zones that are none."""

from datetime import UTC, datetime

import pytest

from wardline.publishing.errors import PublishingError
from wardline.publishing.times import utc_of

BOSTON = "America/New_York"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2026-07-01T09:00", BOSTON, "2026-07-01T13:00"),
        ("2026-12-01T09:00", BOSTON, "2026-12-01T14:00"),
        ("2026-12-01T09:00", "Asia/Kathmandu", "2026-12-01T03:15"),
    ],
)
def test_a_wall_clock_time_is_one_instant(local: str, zone: str, instant: str) -> None:
    assert utc_of(wall(local), zone) == wall(instant).replace(tzinfo=UTC)


def test_of_the_two_times_when_clocks_go_back_the_earlier_is_meant() -> None:
    assert utc_of(wall("2026-11-01T01:30"), BOSTON) == datetime(
        2026, 11, 1, 5, 30, tzinfo=UTC
    )


def test_a_time_that_the_clocks_skip_is_refused_with_advice() -> None:
    with pytest.raises(PublishingError, match="an hour later"):
        utc_of(wall("2026-03-08T02:30"), BOSTON)


@pytest.mark.parametrize("zone", ["Boston", "", "../etc/passwd"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(PublishingError, match="no time zone"):
        utc_of(wall("2026-07-01T09:00"), zone)
