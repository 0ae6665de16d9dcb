"""Wall-clock times in zones: gaps, folds, and zones that are none."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from wardline.publishing.errors import PublishingError
from wardline.publishing.times import TwiceError, utc_of

BOSTON = "America/New_York"
ROUND = """
from datetime import datetime
from wardline.publishing.times import utc_of
for zone, fold in (("America/New_York", 0), ("America/New_York", 1), ("Asia/Tokyo", 0)):
    print(utc_of(datetime(2026, 11, 1, 1, 30), zone, fold=fold).isoformat())
"""


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


def test_a_time_that_comes_twice_is_asked_about() -> None:
    with pytest.raises(TwiceError, match="01:30 EDT or 01:30 EST") as asked:
        utc_of(wall("2026-11-01T01:30"), BOSTON)
    assert (asked.value.first, asked.value.second) == ("01:30 EDT", "01:30 EST")


@pytest.mark.parametrize(("fold", "hour"), [(0, 5), (1, 6)])
def test_either_of_the_two_can_be_meant(fold: int, hour: int) -> None:
    instant = utc_of(wall("2026-11-01T01:30"), BOSTON, fold=fold)
    assert instant == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


def test_which_of_two_says_nothing_where_there_is_one() -> None:
    assert utc_of(wall("2026-07-01T09:00"), BOSTON, fold=1).hour == 13


def test_a_time_that_the_clocks_skip_is_refused_with_advice() -> None:
    with pytest.raises(PublishingError, match="an hour later"):
        utc_of(wall("2026-03-08T02:30"), BOSTON)


@pytest.mark.parametrize("zone", ["Boston", "", "../etc/passwd", "America"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(PublishingError, match="no time zone"):
        utc_of(wall("2026-07-01T09:00"), zone)


@pytest.mark.parametrize("machine", ["", "Asia/Tokyo", "America/New_York"])
def test_dst_drift_and_tz_on_slim_images_the_machines_zone_changes_nothing(
    machine: str,
) -> None:
    """postiz#1145, #1954: an image without zones, or with another TZ, moved posts."""
    env = {**os.environ, "TZ": machine, "PYTHONTZPATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", ROUND], env=env, capture_output=True, check=True
    )
    assert done.stdout.decode().split() == [
        "2026-11-01T05:30:00+00:00",
        "2026-11-01T06:30:00+00:00",
        "2026-10-31T16:30:00+00:00",
    ]
