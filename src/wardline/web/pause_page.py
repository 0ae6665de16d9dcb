"""What the page about pauses shows: what lasts, whom it stops, and what was held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wardline.audit.clock import database_now
from wardline.channels.redline import Segment, redline
from wardline.people.access import Actor, can
from wardline.people.models import Unit
from wardline.publishing.collisions import Collision, collisions
from wardline.publishing.hindrance import hindrance, too_late
from wardline.publishing.models import Pause, Publication
from wardline.publishing.pauses import concerning, waiting
from wardline.publishing.pauses import lasting as all_lasting
from wardline.web.publications import visible

DAY = timedelta(days=1)
MOST = 25


@dataclass(frozen=True, slots=True)
class Stopped:
    """A pause that lasts, or could: how many posts wait, all and within a day."""

    pause: Pause
    posts: int
    soon: int
    units: int
    ends: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What was held: the words that would go out, and what stands against it now."""

    row: Publication
    readable: bool
    text: str
    changes: list[Segment]
    against: str
    late: bool
    collisions: list[Collision]


def pausable(actor: Actor) -> list[Unit | None]:
    """What this person may pause and is not paused yet: None is everything."""
    paused = set(all_lasting().values_list("unit", flat=True))
    every: list[Unit | None] = [None, *Unit.objects.all()]
    return [
        unit
        for unit in every
        if (unit.pk if unit else None) not in paused
        and can(actor, "pause.start", Pause(unit=unit))
    ]


def stopped(actor: Actor, pauses: Iterable[Pause]) -> list[Stopped]:
    """Each pause with those whom it stops."""
    soon = timezone.now() + DAY
    found = []
    for pause in pauses:
        rows = waiting(pause)
        found.append(
            Stopped(
                pause,
                posts=rows.count(),
                soon=rows.filter(due_at__lt=soon).count(),
                units=rows.order_by().values("draft__unit").distinct().count(),
                ends=bool(can(actor, "pause.end", pause)),
            )
        )
    return found


def lasting(actor: Actor) -> list[Stopped]:
    """The pauses that last and concern this person."""
    return stopped(actor, concerning(actor))


def held_rows(actor: Actor) -> QuerySet[Publication]:
    """What is held and this person may see, the longest due first."""
    rows = visible(actor).filter(state="held").order_by("due_at", "pk")
    return rows.select_related("draft__unit", "draft__corrects", "account", "revision")


def held(actor: Actor) -> list[Held]:
    """The first `MOST` that wait for somebody to look at them."""
    return [_held(actor, row) for row in held_rows(actor)[:MOST]]


def _held(actor: Actor, row: Publication) -> Held:
    """Asked as the worker would ask, but for the lateness, which another time mends."""
    now = database_now()
    with transaction.atomic():
        row.due_at, due = max(row.due_at, now), row.due_at
        stop = hindrance(row, now)
        row.due_at = due
    may = bool(can(actor, "draft.read", row.draft))
    text = row.revision.text_for(row.account_id)
    newest = row.draft.variants.get(str(row.account_id), row.draft.text)
    changed = may and newest != text
    return Held(
        row=row,
        readable=may,
        text=text if may else "",
        changes=redline(text, newest) if changed else [],
        against=stop[1] if stop else "",
        late=too_late(row, now),
        collisions=[
            one
            for one in collisions(row.draft, max(row.due_at, now), row.zone)
            if one.kind != "pause"
        ],
    )
