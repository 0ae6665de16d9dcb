"""When profiles are looked at, and by which worker."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from wardline.registry.about_due import EVERY, LEASE, SOONEST, next_look, take_due
from wardline.registry.models import Account

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def due(blog: Account) -> Account:
    Account.objects.update(about_due_at=NOW)
    blog.refresh_from_db()
    return blog


def test_nothing_is_due_before_its_time(due: Account) -> None:
    assert take_due(NOW - timedelta(seconds=1)) is None


def test_what_is_due_is_taken_once(due: Account) -> None:
    assert take_due(NOW) == due
    assert take_due(NOW) is None


def test_of_two_workers_that_read_the_same_row_one_gets_it(due: Account) -> None:
    row = Account.objects.filter(pk=due.pk, about_due_at=due.about_due_at)
    assert take_due(NOW) == due
    assert not row.update(about_due_at=NOW + LEASE)


def test_what_a_killed_worker_had_taken_is_due_again(due: Account) -> None:
    take_due(NOW)
    assert take_due(NOW + LEASE) == due


@pytest.mark.parametrize("state", ["requested", "retired"])
def test_what_is_not_in_use_is_not_looked_at(due: Account, state: str) -> None:
    Account.objects.update(state=state)
    assert take_due(NOW) is None


def test_the_longest_waiting_comes_first(due: Account, page_by_hand: Account) -> None:
    Account.objects.filter(pk=page_by_hand.pk).update(
        about_due_at=NOW - timedelta(hours=1)
    )
    assert [take_due(NOW), take_due(NOW)] == [page_by_hand, due]


def test_the_looks_of_many_accounts_are_spread_over_the_day() -> None:
    moments = sorted(next_look(Account(pk=pk), NOW) for pk in range(1, 241))
    assert moments[0] >= NOW + SOONEST
    assert moments[-1] < NOW + SOONEST + EVERY
    gaps = [b - a for a, b in pairwise(moments)]
    assert max(gaps) < timedelta(minutes=13)


def test_an_account_keeps_its_time_of_day() -> None:
    first = next_look(Account(pk=7), NOW)
    assert next_look(Account(pk=7), first) == first + EVERY
