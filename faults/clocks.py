"""Fault 13: workers whose clocks are five minutes wrong, and clocks that are changed."""

import datetime as dt
import json
import random
import sys
import threading
import time
import zoneinfo
from dataclasses import asdict

from faults.delivery import ENGINES, Queue, outcome, queue
from faults.sites import Site, site
from tests.servers.flaky import Flaky, Forward, Send
from tests.worker.database import column

SKEWS = ("-300", "0", "300")
COUNT, AHEAD = 60, 15
TIMES = 2_000


class Watch:
    """Notes when each post was made at the site, by the clock that is right."""

    def __init__(self, place: Site) -> None:
        self.seen: list[float] = []
        self._place = place
        self._lock = threading.Lock()

    def __call__(self, forward: Forward, send: Send) -> None:
        """Pass it on, and see whether there is one post more."""
        with self._lock:
            before, heard = self._place.count(), time.time()
            answer = forward()
            self.seen += [heard] * (self._place.count() - before)
        send(answer)


def main() -> None:
    """On both databases; then days on which the clocks go forward or back."""
    figures: dict[str, object] = {}
    held = True
    for engine in ENGINES:
        # Not a webhook: its receiver rightly refuses a signature five minutes old.
        with site("mastodon") as opened:
            told = _run(engine, opened)
        print(f"  {engine}: {told}", file=sys.stderr, flush=True)
        held = held and bool(told["held"])
        figures[engine] = told
    changes = _changes()
    held = held and not changes["wrong"]
    print(json.dumps({"held": held, **figures, "clock_changes": changes}))


def _run(engine: str, place: Site) -> dict[str, object]:
    with Flaky(place.sign_in.base_url, renames=True) as proxy:
        url = place.sign_in.base_url.replace(proxy.upstream, proxy.address)
        with queue(engine, place, url, COUNT, ahead=str(AHEAD)) as waiting:
            watch = proxy.fault = Watch(place)
            wrong = (sys.executable, "-m", "faults.skewed")
            workers = [waiting.worker(*wrong, skew) for skew in SKEWS]
            try:
                waiting.wait(120)
            finally:
                for worker in workers:
                    worker.terminate()
                    worker.wait(30)
            ended = outcome(waiting, place)
            early, late = _against_due(waiting, watch)
    return {
        "held": ended.held and ended.published == COUNT and not early,
        "skews_seconds": [int(skew) for skew in SKEWS],
        "publications": COUNT,
        **asdict(ended),
        "early": early,
        "latest_seconds": round(late, 1),
    }


def _against_due(waiting: Queue, watch: Watch) -> tuple[int, float]:
    """How many came early, and by how much the last was late.

    In order: the first post cannot be out before the first one was due, and so on.
    """
    told = column(waiting.database, "SELECT due_at FROM publishing_publication")
    due = sorted(_seconds(each) for each in told)
    lags = [seen - at for seen, at in zip(sorted(watch.seen), due, strict=False)]
    return sum(lag < 0 for lag in lags), max(lags, default=0.0)


def _seconds(told: str | dt.datetime) -> float:
    moment = dt.datetime.fromisoformat(told) if isinstance(told, str) else told
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp()


def _changes() -> dict[str, int]:
    """Wall-clock times around changes of the clocks, against a search minute by minute."""
    chance = random.Random(13)  # noqa: S311
    zones = sorted(zoneinfo.available_timezones())
    counts = {"times": 0, "skipped": 0, "twice": 0, "wrong": 0}
    while counts["times"] < TIMES:
        zone = zoneinfo.ZoneInfo(chance.choice(zones))
        if (change := _change(zone, chance.choice(range(2020, 2030)))) is None:
            continue
        for _ in range(10):
            wall = change + dt.timedelta(minutes=chance.randrange(-180, 180))
            counts["times"] += 1
            _count(wall.replace(tzinfo=None), zone, counts)
    return counts


def _change(zone: zoneinfo.ZoneInfo, year: int) -> dt.datetime | None:
    """The wall clock at a change of the zone's offset in a year, if there is one."""
    hours = (
        dt.datetime(year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=h)
        for h in range(8760)
    )
    last = None
    for hour in hours:
        here = hour.astimezone(zone)
        if last is not None and here.utcoffset() != last:
            return here
        last = here.utcoffset()
    return None


def _count(wall: dt.datetime, zone: zoneinfo.ZoneInfo, counts: dict[str, int]) -> None:
    from wardline.publishing.errors import PublishingError
    from wardline.publishing.times import TwiceError, utc_of

    right = _instants(wall, zone)
    found: list[dt.datetime] = []
    try:
        found = [utc_of(wall, zone.key)]
    except TwiceError:
        found = [utc_of(wall, zone.key, fold=fold) for fold in (0, 1)]
    except PublishingError:
        pass
    counts["skipped"] += not found
    counts["twice"] += len(found) == 2  # noqa: PLR2004
    counts["wrong"] += found != right


def _instants(wall: dt.datetime, zone: zoneinfo.ZoneInfo) -> list[dt.datetime]:
    """Every minute of UTC at which the clocks of the zone show this time."""
    start = wall.replace(tzinfo=dt.UTC) - dt.timedelta(hours=27)
    minutes = (start + dt.timedelta(minutes=m) for m in range(54 * 60))
    return [m for m in minutes if m.astimezone(zone).replace(tzinfo=None) == wall]


if __name__ == "__main__":
    main()
