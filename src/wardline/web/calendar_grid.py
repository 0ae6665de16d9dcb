"""Days, weeks and hours of the calendar, by the wall clock of one zone."""

from calendar import SUNDAY, Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format

View = Literal["month", "week"]
WEEKS = Calendar(firstweekday=SUNDAY)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
SHOWN = 4
"""Entries of a day in a month; the others are in its week."""
WORKING_HOURS = range(7, 20)
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reader sees of one post at one time; `at` is in their zone."""

    id: str
    at: datetime
    title: str
    action: str
    accounts: str
    state: str
    tone: str
    href: str
    move: str
    warnings: tuple[str, ...]

    @property
    def planned(self) -> bool:
        """Whether it is not in the queue yet."""
        return self.id.startswith("draft-")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and what is on it, `most` of which fit; `outside` the month looked at."""

    date: date
    entries: tuple[Entry, ...]
    most: int
    outside: bool = False
    today: bool = False

    @property
    def first(self) -> tuple[Entry, ...]:
        """Those that fit."""
        return self.entries[: self.most]

    @property
    def more(self) -> int:
        """How many do not."""
        return max(len(self.entries) - self.most, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a day, and what is in it."""

    date: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of every day of a week."""

    number: int
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a view shows, and how it is called."""

    view: View
    on: date

    @property
    def days(self) -> list[date]:
        """All of them, whole weeks, the first a Sunday."""
        if self.view == "month":
            return list(WEEKS.itermonthdates(self.on.year, self.on.month))
        first = self.on - ((self.on.weekday() + 1) % 7) * DAY
        return [first + number * DAY for number in range(7)]

    @property
    def words(self) -> str:
        """Such as "November 2026", or "November 22 to 28, 2026"."""
        if self.view == "month":
            return date_format(self.on, "F Y")
        first, last = self.days[0], self.days[-1]
        until = "j, Y" if first.month == last.month else "F j, Y"
        return f"{date_format(first, 'F j')} to {date_format(last, until)}"

    @property
    def before(self) -> date:
        """A day of the span before this one."""
        return self.on.replace(day=1) - DAY if self.view == "month" else self.on - WEEK

    @property
    def after(self) -> date:
        """A day of the span after this one."""
        in_next_month = self.on.replace(day=28) + 4 * DAY
        return in_next_month.replace(day=1) if self.view == "month" else self.on + WEEK

    def between(self, place: ZoneInfo) -> tuple[datetime, datetime]:
        """From the first midnight to the last."""
        days = self.days
        first = datetime.combine(days[0], time(), place)
        return first, datetime.combine(days[-1] + DAY, time(), place)


def days_of(span: Span, entries: Iterable[Entry], today: date) -> list[Day]:
    """Every day of the span with its entries in order."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.at):
        by_day[entry.at.date()].append(entry)
    in_month = span.view == "month"
    return [
        Day(
            day,
            tuple(by_day[day]),
            most=SHOWN if in_month else len(by_day[day]),
            outside=in_month and day.month != span.on.month,
            today=day == today,
        )
        for day in span.days
    ]


def weeks_of(days: list[Day]) -> list[list[Day]]:
    """The same days, seven by seven."""
    return [days[first : first + 7] for first in range(0, len(days), 7)]


def hours_of(days: list[Day]) -> list[Hour]:
    """The working hours of these days, and all hours that have an entry."""
    used = {entry.at.hour for day in days for entry in day.entries}
    wanted = used.union(WORKING_HOURS)
    return [
        Hour(
            number,
            time_format(time(number), "g A"),
            tuple(
                Cell(day.date, tuple(e for e in day.entries if e.at.hour == number))
                for day in days
            ),
        )
        for number in range(min(wanted), max(wanted) + 1)
    ]
