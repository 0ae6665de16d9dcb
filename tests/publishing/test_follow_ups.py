"""What is to be done about a post is open once, and somebody closes it."""

from collections.abc import Callable

import pytest
from django.db import transaction

from wardline.audit.models import Entry
from wardline.audit.record import SYSTEM
from wardline.audit.states import GraphError
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.publishing.follow import follow_up
from wardline.publishing.models import Draft, FollowUp
from wardline.publishing.steps.close_follow_up import close_follow_up

LINK = "https://journal.example/gone"


@pytest.fixture
def draft(write: Callable[..., Draft]) -> Draft:
    return write()


@pytest.fixture
def row(draft: Draft) -> FollowUp:
    with transaction.atomic():
        return follow_up(SYSTEM, draft, "dead-link", "Mend the link.", subject=LINK)


def test_the_same_thing_is_opened_once_and_another_beside_it(
    row: FollowUp, draft: Draft
) -> None:
    with transaction.atomic():
        assert follow_up(SYSTEM, draft, "dead-link", "Again.", subject=LINK) == row
        follow_up(SYSTEM, draft, "dead-link", "Mend.", subject=f"{LINK}/2")
    assert FollowUp.objects.count() == 2
    assert Entry.objects.filter(action="follow-up.open").count() == 2


def test_an_author_closes_it_and_nobody_closes_it_twice(
    row: FollowUp, author: Person, outsider: Person
) -> None:
    with pytest.raises(DeniedError):
        close_follow_up(outsider.actor, row)
    close_follow_up(author.actor, row)
    assert (row.state, row.closed_by_id) == ("done", author.pk)
    with pytest.raises(GraphError):
        close_follow_up(author.actor, row)
