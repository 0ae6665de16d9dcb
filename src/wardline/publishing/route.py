"""One route: what a post must be, and which offices it then goes to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from wardline.institution import Slug, Text
from wardline.screening.values import Channel, Severity

if TYPE_CHECKING:
    from wardline.publishing.gate import Matter
    from wardline.registry.models import Account

HOURS = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
SATURDAY = 5

Order = Annotated[int, msgspec.Meta(ge=0, le=99)]
DueHours = Annotated[int, msgspec.Meta(ge=1, le=24 * 90)]


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times of the institution's zone: outside of these hours, weekends, or both."""

    outside: Annotated[str, msgspec.Meta(pattern=HOURS)] | None = None
    weekend: bool = False

    @property
    def span(self) -> tuple[time, time] | None:
        """From the first minute inside to the first one after."""
        if self.outside is None:
            return None
        opens, closes = map(time.fromisoformat, self.outside.split("-"))
        return opens, closes

    def hold(self, local: datetime) -> bool:
        """Whether `local` is among them."""
        if self.weekend and local.weekday() >= SATURDAY:
            return True
        if (span := self.span) is None:
            return False
        return not span[0] <= local.time() < span[1]


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be so; what is not given does not matter."""

    topics: tuple[Slug, ...] = ()
    severities: tuple[Severity, ...] = ()
    channels: tuple[Text, ...] = ()
    kinds: tuple[Channel, ...] = ()
    accounts: tuple[Text, ...] = ()
    """Names or addresses."""
    units: tuple[Slug, ...] = ()
    hours: Hours | None = None
    replies: bool | None = None
    corrections: bool | None = None

    def holds(self, matter: "Matter", zone: str) -> bool:
        """Whether all of it is so; `zone` is the institution's."""
        local = matter.when.astimezone(ZoneInfo(zone))
        return (
            self._found(matter.findings)
            and self._there(matter.accounts)
            and (not self.units or matter.unit.slug in self.units)
            and (self.hours is None or self.hours.hold(local))
            and self.replies in {None, matter.reply}
            and self.corrections in {None, matter.correction}
        )

    def _found(self, findings: Sequence[Mapping[str, Any]]) -> bool:
        if not (self.topics or self.severities):
            return True
        return any(
            (not self.topics or one["topic"] in self.topics)
            and (not self.severities or one["severity"] in self.severities)
            for one in findings
        )

    def _there(self, accounts: Sequence["Account"]) -> bool:
        """Whether one account fits all that is said of accounts."""
        if not (self.channels or self.kinds or self.accounts):
            return True
        names = {_plain(name) for name in self.accounts}
        return any(
            (not self.channels or one.channel in self.channels)
            and (not self.kinds or one.kind in self.kinds)
            and (not names or not names.isdisjoint({_plain(one.name), _plain(one.url)}))
            for one in accounts
        )


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That offices are asked when something is so."""

    name: Text
    """What the office and the author read as the reason."""
    offices: Annotated[tuple[Slug, ...], msgspec.Meta(min_length=1)]
    when: When = When()
    ask: Literal["all", "any"] = "all"
    order: Order = 0
    due_hours: DueHours | None = None

    @property
    def choices(self) -> tuple[tuple[str, ...], ...]:
        """The offices in groups, of each of which one suffices."""
        if self.ask == "any":
            return (self.offices,)
        return tuple((office,) for office in self.offices)


def _plain(name: str) -> str:
    """In any case, and of an address with or without the slash at the end."""
    return name.strip().casefold().rstrip("/")
