"""State graphs, and the one way to move along them: compare, set, and record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, cast

from django.db import models, transaction

from wardline.audit.record import record
from wardline.people.access import Actor


class GraphError(Exception):
    """A state graph is wrong, or was asked for a move that it does not have."""


class StaleStateError(Exception):
    """Somebody else was faster: the row is no longer in the state we read."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The states of one noun and where each may go; the first one is the start.

    Raises:
        GraphError: a move leads to a state that is not in the table, or a state
            cannot be reached.
    """

    noun: str
    moves: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        states = set(self.moves)
        if unknown := set().union(*self.moves.values()) - states:
            msg = f"{self.noun}: moves lead to unknown {sorted(unknown)}"
            raise GraphError(msg)
        reached, frontier = {self.start}, [self.start]
        while frontier:
            fresh = self.moves[frontier.pop()] - reached
            reached |= fresh
            frontier.extend(fresh)
        if reached != states:
            msg = f"{self.noun}: unreachable {sorted(states - reached)}"
            raise GraphError(msg)

    @property
    def start(self) -> str:
        """The state in which a new row begins."""
        return next(iter(self.moves))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Django's choices: value and words."""
        return [(state, state.replace("-", " ").capitalize()) for state in self.moves]

    def allows(self, old: str, new: str) -> bool:
        """Whether `old` may become `new`."""
        return new in self.moves[old]


class Stateful(Protocol):
    """A row with a `state`, whose class has the `graph` of its states."""

    graph: ClassVar[Graph]
    objects: ClassVar[models.Manager[Any]]
    pk: int
    state: str


def move(
    row: Stateful,
    new: str,
    actor: Actor,
    *,
    set_fields: Mapping[str, Any] | None = None,
    only_if: Mapping[str, Any] | None = None,
    **detail: object,
) -> None:
    """Move `row` along its `graph` if it is still as we read it, and record that.

    `only_if` adds columns that must hold as well, such as a fence. `row` is updated
    in memory too. The audit action is the noun and the new state: `draft.cleared`.

    Raises:
        GraphError: the graph has no such move.
        StaleStateError: the row changed since it was read.
    """
    graph, old = row.graph, row.state
    if not graph.allows(old, new):
        msg = f"A {graph.noun} that is {old} cannot become {new}."
        raise GraphError(msg)
    fields = {**(set_fields or {}), "state": new}
    rows = type(row).objects.filter(pk=row.pk, state=old, **(only_if or {}))
    with transaction.atomic():
        if not rows.update(**fields):
            msg = (
                f"This {graph.noun} was changed by somebody else a moment ago. "
                "Reload the page and look again."
            )
            raise StaleStateError(msg)
        record(
            actor,
            f"{graph.noun}.{new}",
            cast("models.Model", row),
            **{"from": old},
            **detail,
        )
    for name, value in fields.items():
        setattr(row, name, value)
