"""Everything about one post on one page, gathered before the template asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from wardline.audit.models import Entry
from wardline.channels.redline import Segment, redline
from wardline.channels.rendering import html_of
from wardline.institution import current
from wardline.people.access import Actor, can
from wardline.publishing.collisions import Collision, collisions
from wardline.publishing.deadlines import Clock, clock_of
from wardline.publishing.gate import missing
from wardline.publishing.models import Clearance, Draft, Publication, Revision
from wardline.publishing.revisions import published_revision
from wardline.publishing.screen import GAP
from wardline.publishing.states import DRAFT, PLANNABLE, UNDER_WAY
from wardline.web.attached import Attached, attached
from wardline.web.draft_forms import CorrectForm, ScheduleForm, WithdrawForm
from wardline.web.follow_ups import Due, follow_ups
from wardline.web.forms import Form
from wardline.web.headings import lowered
from wardline.web.links import Links, links
from wardline.web.outcomes import told
from wardline.web.screened import Screened, reasons_in_words, screened_revision

SOON = timedelta(minutes=1)
LIVE = ("published", "corrected")
TOLD = ("corrected", "withdrawn")
"""The states in which the public page of a post tells what became of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One clearance, why it was asked for, and whether the reader may decide it."""

    row: Clearance
    reasons: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Written:
    """One revision and what it changed in the one before."""

    row: Revision
    changes: list[Segment]


@dataclass(frozen=True, slots=True)
class Sent:
    """One publication and whether the reader may settle it."""

    row: Publication
    mine: bool


@dataclass(frozen=True, slots=True)
class Sending:
    """The publications of a draft; `moving` while the page should look again."""

    draft: Draft
    rows: list[Sent]
    moving: bool

    @property
    def told(self) -> str:
        """Where it is out and where not, in a sentence; "" while that is plain."""
        return told(self.draft)

    @property
    def mark(self) -> str:
        """The states as one word: the same as long as nothing happened."""
        return "-".join([self.draft.state, *(one.row.state for one in self.rows)])


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft and its whole history."""

    draft: Draft
    html: str
    screened: Screened
    correction: list[Segment]
    clearances: list[Asked]
    revisions: list[Written]
    sending: Sending
    entries: list[Entry]
    corrections: list[Draft]
    public: bool
    links: Links
    follow_ups: list[Due]
    clock: Clock | None
    attached: Attached
    collisions: list[Collision]
    actions: frozenset[str]
    forms: Mapping[str, Form] = field(default_factory=dict)

    @property
    def to_correct(self) -> bool:
        """Whether something that is to be done asks for a correction."""
        return any(due.to_correct for due in self.follow_ups)


def draft_page(
    actor: Actor, draft: Draft, bound: Mapping[str, Form] | None = None
) -> DraftPage:
    """Gather the page; `bound` are forms that were filled in and refused."""
    revisions = list(draft.revisions.select_related("editor"))
    return DraftPage(
        draft=draft,
        html=lowered(html_of(draft.text), below=2),
        screened=screened_revision(revisions[-1]),
        correction=corrected(draft),
        clearances=_clearances(actor, draft),
        revisions=_written(revisions),
        sending=sending(actor, draft),
        entries=_entries(draft),
        corrections=list(draft.corrections.order_by("pk")),
        clock=clock_of(draft) if draft.corrects_id else None,
        attached=attached(draft),
        public=draft.state in TOLD and not draft.corrects_id,
        links=links(actor, draft),
        follow_ups=follow_ups(actor, draft),
        collisions=_against(draft),
        actions=actions(actor, draft),
        forms={**_forms(draft), **(bound or {})},
    )


def sending(actor: Actor, draft: Draft) -> Sending:
    """The publications of a draft, its corrections' apart."""
    rows = list(draft.publications.select_related("account"))
    for row in rows:
        row.draft = draft
    soon = timezone.now() + SOON
    return Sending(
        draft=draft,
        rows=[Sent(row, bool(can(actor, "publication.resolve", row))) for row in rows],
        moving=any(
            row.state in UNDER_WAY and row.next_attempt_at <= soon for row in rows
        ),
    )


def actions(actor: Actor, draft: Draft) -> frozenset[str]:
    """What this person can do with the draft as it stands."""
    return (
        frozenset(
            verb
            for verb in ("edit", "submit", "schedule", "cancel", "correct", "withdraw")
            if can(actor, f"draft.{verb}", draft) and _fits(verb, draft)
        )
        | _unscheduling(actor, draft)
        | _restricting(actor, draft)
    )


def corrected(draft: Draft) -> list[Segment]:
    """What a correction changes in what the public sees; empty for any other draft."""
    if not draft.corrects or draft.state == "published":
        return []
    now = published_revision(draft.corrects)
    return redline(wording(now), wording(draft))


def wording(row: Draft | Revision) -> str:
    """Title and text, as they are compared and screened."""
    return row.title + GAP + row.text


def _fits(verb: str, draft: Draft) -> bool:
    """Whether the draft's state allows the step."""
    match verb:
        case "edit":
            return draft.state == "editing" or DRAFT.allows(draft.state, "editing")
        case "submit":
            return draft.state in {"editing", "returned"} or _lapsed(draft)
        case "schedule":
            return draft.state == "cleared" and not _lapsed(draft)
        case "cancel":
            return DRAFT.allows(draft.state, "cancelled")
        case "correct":
            return _correctable(draft)
        case _:
            return draft.state in LIVE and not draft.corrects_id


def _lapsed(draft: Draft) -> bool:
    return draft.state == "cleared" and bool(missing(draft, current(), timezone.now()))


def _correctable(draft: Draft) -> bool:
    finished = ("published", "cancelled")
    is_open = draft.corrections.exclude(state__in=finished).exists()
    return draft.state in LIVE and not draft.corrects_id and not is_open


def _unscheduling(actor: Actor, draft: Draft) -> frozenset[str]:
    may = draft.state == "scheduled" and can(actor, "draft.schedule", draft)
    return frozenset({"unschedule"} if may else ())


def _restricting(actor: Actor, draft: Draft) -> frozenset[str]:
    told = draft.state == "withdrawn" and not draft.restricted
    return frozenset(
        {"restrict"} if told and can(actor, "draft.withdraw", draft) else ()
    )


def _forms(draft: Draft) -> dict[str, Form]:
    return {
        "schedule": ScheduleForm(None, ask=asks_once(draft), planned=planned(draft)),
        "correct": CorrectForm(),
        "withdraw": WithdrawForm(),
    }


def _against(draft: Draft) -> list[Collision]:
    """What speaks against the time for which it is planned or scheduled."""
    due = draft.publications.filter(state="due").first()
    when = (due.due_at, due.zone) if due else planned(draft)
    waits = draft.state in PLANNABLE | {"scheduled"}
    return collisions(draft, *when) if when and waits else []


def planned(draft: Draft) -> tuple[datetime, str] | None:
    """When it should go out and the zone of that time, while that lies ahead."""
    at = draft.planned_at
    return (at, draft.planned_zone) if at and at > timezone.now() else None


def asks_once(draft: Draft) -> bool:
    """Whether "it may stay for ever" is still to be asked: before the first time."""
    return not draft.publications.exists()


def _clearances(actor: Actor, draft: Draft) -> list[Asked]:
    rows = list(draft.clearances.select_related("decided_by").order_by("-pk"))
    for row in rows:
        row.draft = draft
    return [
        Asked(
            row=row,
            reasons=reasons_in_words(row.called_by),
            open=row.state == "pending" and bool(can(actor, "clearance.decide", row)),
        )
        for row in rows
    ]


def _written(revisions: list[Revision]) -> list[Written]:
    """Newest first."""
    first = Written(revisions[0], [])
    later = [
        Written(new, redline(wording(old), wording(new)))
        for old, new in pairwise(revisions)
    ]
    return [*reversed(later), first]


def _entries(draft: Draft) -> list[Entry]:
    """What audit holds of the draft, its clearances and publications; newest first."""
    targets = [f"draft:{draft.pk}"]
    targets += [f"clearance:{row.pk}" for row in draft.clearances.all()]
    targets += [f"publication:{row.pk}" for row in draft.publications.all()]
    return list(Entry.objects.filter(target__in=targets).order_by("-sequence"))
