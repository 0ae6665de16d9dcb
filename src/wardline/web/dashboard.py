"""The dashboard: what waits for the person who is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wardline.institution import current
from wardline.people.access import Actor
from wardline.people.roles import Role
from wardline.publishing.deadlines import median_lately
from wardline.publishing.lateness import late
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.states import WAITING_FOR_A_PERSON
from wardline.web.account_todo import ToDo, todo
from wardline.web.delegations import standing_in
from wardline.web.drafts import readable, writes_for
from wardline.web.error_reports import Row, waiting
from wardline.web.follow_ups import Due, waiting_for
from wardline.web.navigation import publishes
from wardline.web.publications import visible
from wardline.web.queues import pending
from wardline.web.request import Request, signed_in

MOST = 5
UNFINISHED = ("editing", "submitted", "cleared", "scheduled")


@dataclass(frozen=True, slots=True)
class Queue:
    """An office of the person: how much waits, and what of it is due first.

    `whose` says for whom the person stands in, or is "".
    """

    office: str
    whose: str
    count: int
    first: list[Clearance]
    now: datetime
    """What was due before this is overdue."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What waits for one person; lists hold the first few, `reads` of posts at all."""

    reads: bool
    writes: bool
    accounts: list[ToDo]
    returned: list[Draft]
    queues: list[Queue]
    problems: list[Publication]
    problem_count: int
    drafts: list[Draft]
    published: list[Publication]
    late_since: datetime | None
    reports: list[Row]
    follow_ups: list[Due]
    median: timedelta | None

    @property
    def quiet(self) -> bool:
        """Whether nothing waits for this person."""
        waits = any(queue.count for queue in self.queues)
        own = self.returned or self.problems or self.accounts or self.reports
        return not (own or waits or self.follow_ups)


def dashboard(actor: Actor) -> Dashboard:
    """Gather what waits for a person now."""
    units = writes_for(actor)
    problems = Publication.objects.filter(_mine(actor)).select_related(
        "draft", "account"
    )
    published = visible(actor).filter(state="published", action="publish")
    return Dashboard(
        reads=publishes(actor),
        writes=bool(units),
        accounts=todo(actor),
        returned=list(_drafts(actor, "returned")[:MOST]),
        queues=[
            _queue(actor, slug) for slug in current().offices if slug in actor.offices
        ],
        problems=list(problems[:MOST]),
        problem_count=problems.count(),
        drafts=list(_drafts(actor, *UNFINISHED)[:MOST]),
        published=list(published.order_by("-finished_at")[:MOST]),
        reports=waiting(actor, MOST),
        follow_ups=[Due(row, mine=True) for row in waiting_for(actor)[:MOST]],
        median=median_lately() if publishes(actor) else None,
        late_since=late(timezone.now()).values_list("due_at", flat=True).first(),
    )


@signed_in
def show(request: Request) -> HttpResponse:
    """Everything that waits for this person."""
    board = dashboard(request.user.actor)
    return render(request, "dashboard.html", {"board": board})


def _mine(actor: Actor) -> Q:
    """What stopped of one's own units; offices see what they alone can bring on.

    Public Affairs all that was held, the Privacy Office patient data that is not down.
    """
    mine = Q(state__in=WAITING_FOR_A_PERSON, draft__unit__in=writes_for(actor))
    if actor.has(Role.PUBLIC_AFFAIRS):
        mine |= Q(state="held")
    if actor.has(Role.PRIVACY):
        mine |= Q(state__in=WAITING_FOR_A_PERSON, draft__restricted=True)
    return mine


def _drafts(actor: Actor, *states: str) -> QuerySet[Draft]:
    units = writes_for(actor)
    return readable(actor).filter(unit__in=units, state__in=states)


def _queue(actor: Actor, office: str) -> Queue:
    rows = pending(office)
    whose = standing_in(actor, office)
    return Queue(office, whose, rows.count(), list(rows[:MOST]), timezone.now())
