"""The state graphs, walked at random: no way out of the rules."""

from collections.abc import Callable

import pytest

from wardline.audit.states import Graph, GraphError, StaleStateError, move
from wardline.people.models import Person
from wardline.publishing.models import Draft
from wardline.publishing.states import CLEARANCE, DRAFT, PUBLICATION


@pytest.mark.parametrize("graph", [DRAFT, CLEARANCE, PUBLICATION])
def test_a_state_with_no_way_out_is_an_ending_that_we_know(graph: Graph) -> None:
    endings = {state for state, moves in graph.moves.items() if not moves}
    assert endings <= {
        "withdrawn",
        "cancelled",
        "refused",
        "void",
        "expired",
        "published",
    }


def test_a_graph_with_an_unknown_state_is_refused() -> None:
    with pytest.raises(GraphError, match="unknown"):
        Graph("door", {"open": frozenset({"ajar"})})


def test_a_graph_with_an_unreachable_state_is_refused() -> None:
    with pytest.raises(GraphError, match="unreachable"):
        Graph("door", {"open": frozenset(), "shut": frozenset()})


def test_a_move_that_the_graph_lacks_is_refused(
    write: Callable[..., Draft], author: Person
) -> None:
    with pytest.raises(GraphError, match="editing cannot become published"):
        move(write(), "published", author.actor)


def test_of_two_people_who_move_a_row_the_second_is_told(
    write: Callable[..., Draft], author: Person
) -> None:
    draft = write()
    same = Draft.objects.get(pk=draft.pk)
    move(draft, "submitted", author.actor)
    with pytest.raises(StaleStateError, match="somebody else"):
        move(same, "submitted", author.actor)
