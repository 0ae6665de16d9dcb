"""What a walk of the clearance graph stands on, and what is judged on its way."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from hypothesis.stateful import (
    RuleBasedStateMachine,
)

from tests.publishing.desk import (
    Cast,
    breaches,
    out_of_turn,
    own_words,
)
from wardline.audit import chain
from wardline.audit.models import Entry
from wardline.audit.states import GraphError, StaleStateError
from wardline.people.access import Actor, DeniedError
from wardline.people.models import Delegation, Person
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import (
    ApprovalLink,
    Clearance,
    Draft,
    Pause,
    Publication,
)

REFUSALS = (PublishingError, DeniedError, GraphError, StaleStateError)
STATES = {
    state for kind in (Draft, Clearance, Publication) for state in kind.graph.moves
}


class Desk(RuleBasedStateMachine):
    """One walk in the making: what it leaves behind is undone."""

    cast: ClassVar[Cast]
    reached: ClassVar[Counter[str]] = Counter()
    """In how many walks what came about; over all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(transaction.atomic())
        self.undone.callback(transaction.set_rollback, rollback=True)
        self.actors: dict[str, Actor] = {}
        self.tokens: list[tuple[str, str]] = []
        self.met: set[str] = set()
        self.routes = ""
        self.pk = 0

    def teardown(self) -> None:
        try:
            self.everything_is_in_the_chain()
            for row in Clearance.objects.all():
                assert not out_of_turn(row), f"{row} was asked too early"
        finally:
            self.reached.update(self.met)
            self.undone.close()

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.pk)

    def actor(self, who: str) -> Actor:
        """As the person stands now."""
        if who not in self.actors:
            found = Person.objects.get(pk=self.cast.people[who].pk)
            self.actors[who] = found.actor
        return self.actors[who]

    def press(self, step: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        """What the step returns, or None where it refuses; True for no answer."""
        with suppress(*REFUSALS):
            answer = step(*arguments, **named)
            self.met.add(step.__name__)
            return True if answer is None else answer
        return None

    def judge(self, row: Clearance) -> None:
        """What holds for every grant."""
        row.refresh_from_db()
        assert row.state == "granted"
        assert not own_words(row), "somebody cleared their own"
        assert row.note.strip() or not row.lifts_hold, "a hold lifted for no reason"
        assert row.content_hash == row.draft.content_hash, "older words were cleared"

    def judge_sending(self, rows: Iterable[Publication]) -> None:
        """What holds for all that a worker takes but withdrawals."""
        for row in (row for row in rows if row.action != "withdraw"):
            assert not (found := breaches(self.routes, row)), found
            allowed = row.action == "correct" and row.released_at
            assert allowed or not Pause.objects.filter(ended_at=None).exists()

    def everything_is_in_the_chain(self) -> None:
        """The chain holds, and its last word on each thing is how the thing is."""
        assert not list(chain.verify())
        last = {
            (entry.target, entry.action.partition(".")[0]): entry.action
            for entry in Entry.objects.order_by("sequence")
            if entry.action.partition(".")[2] in STATES
        }
        for kind in (Draft, Clearance, Publication):
            noun = kind.__name__.lower()
            for row in kind.objects.exclude(state=kind.graph.start):
                told = last.get((f"{noun}:{row.pk}", noun))
                assert told == f"{noun}.{row.state}", f"{row}: {told}, not {row.state}"
        for action, rows in (
            ("clearance.invite", ApprovalLink.objects),
            ("office.delegate", Delegation.objects),
            ("pause.start", Pause.objects),
        ):
            assert Entry.objects.filter(action=action).count() == rows.count()


def picked(rows: QuerySet[Any], pick: int) -> Any:  # noqa: ANN401
    """One of them, counted round; None where there is none."""
    found = list(rows.order_by("pk"))
    return found[pick % len(found)] if found else None
