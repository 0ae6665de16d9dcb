"""The gate: which offices must clear a content, and whether all of them have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from wardline.institution import Institution
from wardline.publishing.models import Clearance, Draft

AUTHOR, ROUTINE = "author", "routine"


def offices_called(
    findings: Iterable[Mapping[str, Any]],
    also_ask: Sequence[str],
    institution: Institution,
) -> dict[str, list[str]]:
    """Each office that must clear, with what calls it: rule ids, author, routine.

    A finding that holds calls the office of its topic; where no office has the
    topic, the routine office. With nothing else, the routine office is called.
    """
    called: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        if finding["severity"] == "hold":
            office = institution.office_for(finding["topic"])
            called[office or institution.routine_office].append(finding["rule"])
    for office in also_ask:
        if office in institution.offices:
            called[office].append(AUTHOR)
    called.pop("", None)
    if not called and institution.routine_office:
        called[institution.routine_office].append(ROUTINE)
    return {office: sorted(set(reasons)) for office, reasons in called.items()}


def lifts_hold(
    office: str, findings: Iterable[Mapping[str, Any]], institution: Institution
) -> bool:
    """Whether this office's grant lifts a hold that only it may lift."""
    topics = {one["topic"] for one in findings if one["severity"] == "hold"}
    return not topics.isdisjoint(institution.offices[office].lifts_holds)


def missing(draft: Draft, institution: Institution, now: datetime) -> list[str]:
    """The offices whose good clearance of the draft's exact content is lacking."""
    needed = offices_called(draft.revision.findings, draft.also_ask, institution)
    good = Clearance.objects.filter(
        draft=draft,
        state="granted",
        content_hash=draft.content_hash,
        expires_at__gt=now,
    )
    return sorted(needed.keys() - set(good.values_list("office", flat=True)))
