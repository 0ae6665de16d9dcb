"""Jobs that go by the clock: one worker takes each turn, however many there are."""

from datetime import datetime, timedelta

from wardline.registry.notices import Turn


def take_turn(job: str, now: datetime, every: timedelta) -> bool:
    """Whether the job is due and ours; then it is due again after `every`.

    `now` is the clock that the workers share, the database's.
    """
    _, first = Turn.objects.get_or_create(job=job, defaults={"next_at": now + every})
    due = Turn.objects.filter(job=job, next_at__lte=now)
    return first or bool(due.update(next_at=now + every))
