"""Whether sending keeps up: what is late, and when a worker was last seen."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from wardline.publishing.models import Publication
from wardline.registry.notices import Turn

BEAT = "worker"
"""The turn that every worker puts off again and again, as long as it lives."""
BEAT_EVERY = timedelta(seconds=20)


def patience() -> timedelta:
    """How late something may be before it is trouble."""
    return timedelta(minutes=settings.ENVIRONMENT.late_minutes)


def late(now: datetime) -> QuerySet[Publication]:
    """What should have been taken up by a worker, the longest due first."""
    since = now - patience()
    waits = Q(state="due", next_attempt_at__lt=since)
    abandoned = Q(state="sending", lease_until__lt=since)
    return Publication.objects.filter(waits | abandoned).order_by("due_at", "pk")


def beat(now: datetime) -> None:
    """Note that a worker lives."""
    Turn.objects.update_or_create(job=BEAT, defaults={"next_at": now + BEAT_EVERY})


def last_beat() -> datetime | None:
    """When a worker was last seen; None if none ever was."""
    turn = Turn.objects.filter(job=BEAT).first()
    return turn.next_at - BEAT_EVERY if turn else None
