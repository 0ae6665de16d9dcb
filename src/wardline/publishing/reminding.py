"""When an office is reminded of a clearance, and the letter: never the post's words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format

from wardline.institution import current
from wardline.people.models import Delegation, Person
from wardline.publishing.models import Clearance
from wardline.registry.letters import Letter

DAY = timedelta(days=1)


def is_called_for(row: Clearance, now: datetime) -> bool:
    """Whether a letter is due that was not sent yet.

    At half of the office's time, when it is over, and each day after; after a
    standstill only the newest.
    """
    moment = _newest(row, now)
    return moment is not None and (row.reminded_at is None or row.reminded_at < moment)


def letter(row: Clearance, now: datetime) -> Letter:
    """The letter about an open clearance; titles may name patients, so it has none."""
    office = current().offices[row.office]
    what = f"{row.draft} of {row.draft.unit}"
    due = f"is due by {_words(row.due_at)}" if row.due_at else "has no due date"
    if row.due_at and row.due_at <= now:
        due = f"was due by {_words(row.due_at)}"
    text = (
        f"{what} waits since {_words(row.requested_at)} for {office.name}; your "
        f"decision {due}.\n\n"
        f"Read it and decide:\n{settings.SITE_URL}/clearances/{row.pk}\n\n"
        "Letters hold nothing of what it says, so that no patient's data is in them."
    )
    to = tuple(sorted({office.email, *_people(row.office, now)}))
    return Letter(to, f"{what} waits for {office.name}", text)


def _newest(row: Clearance, now: datetime) -> datetime | None:
    """The last moment until `now` that calls for a letter."""
    if row.due_at is None:
        return None
    half = row.requested_at + (row.due_at - row.requested_at) / 2
    if now < row.due_at:
        return half if now >= half else None
    return row.due_at + (now - row.due_at) // DAY * DAY


def _people(office: str, now: datetime) -> set[str]:
    """Who decides for the office today: its people and who stands in for them."""
    people = Person.objects.filter(is_active=True)
    running = Delegation.objects.filter(
        office=office, starts_at__lte=now, ends_at__gt=now
    )
    own = people.filter(groups__name=office).values_list("email", flat=True)
    others = people.filter(stand_ins__in=running).values_list("email", flat=True)
    return {*own, *others}


def _words(moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(current().timezone))
    return date_format(local, "F j, Y, H:i")
