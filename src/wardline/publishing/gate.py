"""The gate: which offices must clear a content, and whether all of them have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wardline.institution import Institution
from wardline.people.models import Unit
from wardline.publishing import routing
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.templates import is_cleared_template
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
    reply: bool = False
    approved_words: bool = False
    correction: bool = False


def matter(draft: Draft, when: datetime) -> Matter:
    """A stored draft that is to go out at `when`."""
    return Matter(
        findings=draft.revision.every_finding,
        also_ask=draft.also_ask,
        unit=draft.unit,
        accounts=list(draft.accounts.all()),
        when=when,
        reply=bool(draft.answers),
        approved_words=is_cleared_template(draft),
        correction=bool(draft.corrects_id),
    )


def requirements(matter: Matter, institution: Institution) -> list[Requirement]:
    """What must be cleared, sorted by `order`.

    A finding that holds calls the office of its topic; where no office has the
    topic, the routine office. The routes of clearance.toml call more. With nothing
    else, the routine office is called. The words of an approved reply template need
    neither routes nor routine.
    """
    asked = [
        *_found(matter, institution),
        *(Requirement((office,), (AUTHOR,)) for office in matter.also_ask),
        *([] if matter.approved_words else _routed(matter, institution)),
    ]
    known = [each for each in asked if set(each.offices) <= institution.offices.keys()]
    if not (known or matter.approved_words) and institution.routine_office:
        known = [Requirement((institution.routine_office,), (ROUTINE,))]
    return sorted(_narrowest(_merged(known)), key=lambda each: each.order)


def _found(matter: Matter, institution: Institution) -> Iterator[Requirement]:
    for finding in matter.findings:
        if finding["severity"] == "hold":
            office = institution.office_for(finding["topic"])
            called = office or institution.routine_office
            yield Requirement((called,), (finding["rule"],))


def _routed(matter: Matter, institution: Institution) -> Iterator[Requirement]:
    for route in routing.current().route:
        if route.when.holds(matter, institution.timezone):
            for offices in route.choices:
                names = (route.name,)
                yield Requirement(offices, names, route.order, route.due_hours)


def _merged(asked: Iterable[Requirement]) -> list[Requirement]:
    """One for the same offices: with every reason, as late and as short as any says."""
    merged: dict[frozenset[str], Requirement] = {}
    for each in asked:
        known = merged.setdefault(frozenset(each.offices), each)
        hours = [hours for hours in (each.due_hours, known.due_hours) if hours]
        merged[frozenset(each.offices)] = replace(
            known,
            reasons=tuple(sorted({*known.reasons, *each.reasons})),
            order=max(known.order, each.order),
            due_hours=min(hours, default=None),
        )
    standard = routing.current().due_hours
    return [
        replace(each, due_hours=each.due_hours or standard) for each in merged.values()
    ]


def _narrowest(asked: Sequence[Requirement]) -> Iterator[Requirement]:
    """Those that a stricter one of their order does not meet as well."""
    for each in asked:
        stricter = (
            other
            for other in asked
            if other.order == each.order and set(other.offices) < set(each.offices)
        )
        if next(stricter, None) is None:
            yield each


def lifts_hold(
    office: str, findings: Iterable[Mapping[str, Any]], institution: Institution
) -> bool:
    """Whether this office's grant lifts a hold that only it may lift."""
    topics = {one["topic"] for one in findings if one["severity"] == "hold"}
    return not topics.isdisjoint(institution.offices[office].lifts_holds)


def missing(
    draft: Draft,
    institution: Institution,
    when: datetime,
    *,
    good_at: datetime | None = None,
) -> list[Requirement]:
    """What a draft that is to go out at `when` lacks, by `order`.

    What counts is a clearance of the exact content that is good at `good_at`, or
    at `when`.
    """
    granted = granted_offices(draft, good_at or when)
    return [
        each
        for each in requirements(matter(draft, when), institution)
        if granted.isdisjoint(each.offices)
    ]


def granted_offices(draft: Draft, when: datetime) -> frozenset[str]:
    """The offices whose clearance of the exact content is good at `when`."""
    good = Clearance.objects.filter(
        draft=draft,
        state="granted",
        content_hash=draft.content_hash,
        expires_at__gt=when,
    )
    return frozenset(good.values_list("office", flat=True))


def named(needed: Iterable[Requirement], institution: Institution) -> str:
    """The offices of several requirements in words."""
    return ", ".join(each.named(institution) for each in needed)
