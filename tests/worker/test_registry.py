"""The hourly round through the registry, by one of several workers."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from wardline.people.models import Person
from wardline.registry.models import Account
from wardline.registry.notices import Turn
from wardline.registry.particulars import Particulars
from wardline.registry.steps.certify import EVERY as CERTIFIED
from wardline.registry.steps.register_account import register_account
from wardline.registry.turns import take_turn
from wardline.worker.jobs import letters, registry
from wardline.worker.loop import every_job

HOUR = timedelta(hours=1)


@pytest.mark.usefixtures("db")
def test_with_no_account_there_is_nothing_to_send() -> None:
    registry.run()
    assert letters.run() is False


def test_the_worker_knows_both_jobs() -> None:
    assert {"registry", "letters"} <= set(every_job())


@pytest.mark.usefixtures("db")
def test_of_several_workers_one_takes_the_hour() -> None:
    now = timezone.now()
    assert [take_turn("registry", now, HOUR) for _worker in range(3)] == [
        True,
        False,
        False,
    ]
    later = now + HOUR
    assert [take_turn("registry", later, HOUR) for _worker in range(2)] == [True, False]
    assert Turn.objects.count() == 1


def test_a_round_makes_an_account_due_and_tells_its_owner(
    particulars: Particulars, registrar: Person
) -> None:
    account = register_account(registrar.actor, particulars)
    assert registry.run() is True
    assert registry.run() is False
    # PostgreSQL's clock cannot be turned: what happened is moved back instead.
    Account.objects.update(certified_at=timezone.now() - CERTIFIED - HOUR)
    Turn.objects.update(next_at=timezone.now() - HOUR)
    assert registry.run() is True
    assert letters.run() is True
    assert letters.run() is False
    account.refresh_from_db()
    assert account.state == "due-for-review"
    assert [letter.subject for letter in mail.outbox] == [
        "Heart notes: confirm its record"
    ]
    assert Account.objects.filter(state="active").count() == 0
