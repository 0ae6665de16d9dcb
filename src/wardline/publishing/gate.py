"""The gate: which offices must clear a content, and whether all of them have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardline.institution import Institution
from wardline.people.models import Unit
from wardline.publishing.models import Clearance, Draft
from wardline.registry.models import Account

AUTHOR, ROUTINE = "author", "routine"


@dataclass(frozen=True, slots=True)
class Requirement:
    """That one of these offices clears, once all of lower `order` are met.

    `reasons` are what calls it: rule ids, names of routes, `author`, `routine`.
    """

    offices: tuple[str, ...]
    reasons: tuple[str, ...]
    order: int = 0
    due_hours: int | None = None

    def named(self, institution: Institution) -> str:
        """The offices by name: "Public Affairs or Privacy Office"."""
        return " or ".join(institution.offices[slug].name for slug in self.offices)


@dataclass(frozen=True, slots=True)
class Matter:
    """What decides who must clear: what was found, for whom, where and when."""

    findings: Sequence[Mapping[str, Any]]
    also_ask: Sequence[str]
    unit: Unit
    accounts: Sequence[Account]
    when: datetime


def matter(draft: Draft, when: datetime) -> Matter:
    """A stored draft that is to go out at `when`."""
    return Matter(
        findings=draft.revision.every_finding,
        also_ask=draft.also_ask,
        unit=draft.unit,
        accounts=list(draft.accounts.all()),
        when=when,
    )


def requirements(matter: Matter, institution: Institution) -> list[Requirement]:
    """What must be cleared, in order.

    A finding that holds calls the office of its topic; where no office has the
    topic, the routine office. With nothing else, the routine office is called.
    """
    called: dict[str, list[str]] = defaultdict(list)
    for finding in matter.findings:
        if finding["severity"] == "hold":
            office = institution.office_for(finding["topic"])
            called[office or institution.routine_office].append(finding["rule"])
    for office in matter.also_ask:
        if office in institution.offices:
            called[office].append(AUTHOR)
    called.pop("", None)
    if not called and institution.routine_office:
        called[institution.routine_office].append(ROUTINE)
    return [
        Requirement((office,), tuple(sorted(set(reasons))))
        for office, reasons in called.items()
    ]


def lifts_hold(
    office: str, findings: Iterable[Mapping[str, Any]], institution: Institution
) -> bool:
    """Whether this office's grant lifts a hold that only it may lift."""
    topics = {one["topic"] for one in findings if one["severity"] == "hold"}
    return not topics.isdisjoint(institution.offices[office].lifts_holds)


def missing(
    draft: Draft, institution: Institution, when: datetime
) -> list[Requirement]:
    """What is not met by a clearance of the exact content that is good at `when`."""
    good = Clearance.objects.filter(
        draft=draft,
        state="granted",
        content_hash=draft.content_hash,
        expires_at__gt=when,
    )
    granted = frozenset(good.values_list("office", flat=True))
    return [
        each
        for each in requirements(matter(draft, when), institution)
        if granted.isdisjoint(each.offices)
    ]


def named(needed: Iterable[Requirement], institution: Institution) -> str:
    """The offices of several requirements in words."""
    return ", ".join(each.named(institution) for each in needed)
