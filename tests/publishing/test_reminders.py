"""When an office is reminded of what waits for it, and what the letter leaves out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from wardline.people.models import Delegation, Person
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.remind_offices import PATIENCE, remind_offices
from wardline.publishing.steps.submit import submit
from wardline.registry.notices import Turn
from wardline.worker.jobs import clearances

Write = Callable[..., Draft]
HOUR = timedelta(hours=1)
BROKEN = "tests.registry.broken_mail.Backend"


@pytest.fixture
def clearance(write: Write, author: Person, clearer: Person) -> Clearance:
    """Due in 48 hours, as the shipped file says."""
    draft = write(title="Rosa goes home")
    (opened,) = submit(author.actor, draft, version=draft.version)
    return opened


@pytest.fixture
def asked_at(clearance: Clearance) -> datetime:
    return clearance.requested_at


def test_nobody_is_reminded_before_half_of_the_time(asked_at: datetime) -> None:
    assert remind_offices(asked_at + 23 * HOUR) == 0
    assert not mail.outbox


def test_a_letter_goes_at_half_of_the_time_when_due_and_each_day_after(
    asked_at: datetime,
) -> None:
    sent = [hour for hour in range(1, 100) if remind_offices(asked_at + hour * HOUR)]
    # The hour after each: the due date lies a moment after it was asked.
    assert [hour // 24 * 24 for hour in sent] == [24, 48, 72, 96]


def test_after_a_standstill_one_letter_makes_up_for_all(asked_at: datetime) -> None:
    later = asked_at + timedelta(days=9)
    assert remind_offices(later) == 1
    assert remind_offices(later + HOUR) == 0


def test_the_letter_goes_to_the_office_its_people_and_who_stands_in(
    asked_at: datetime, clearer: Person, developer: Person, author: Person
) -> None:
    Delegation.objects.create(
        office="public-affairs",
        person=clearer,
        stand_in=developer,
        starts_at=asked_at,
        ends_at=asked_at + timedelta(days=9),
    )
    remind_offices(asked_at + 25 * HOUR)
    (letter,) = mail.outbox
    assert set(letter.to) == {
        "public-affairs@massgeneral.org",
        clearer.email,
        developer.email,
    }


def test_no_word_of_the_post_is_in_the_letter(
    asked_at: datetime, clearance: Clearance
) -> None:
    remind_offices(asked_at + 60 * HOUR)
    (letter,) = mail.outbox
    draft = clearance.draft
    assert letter.subject == f"Draft {draft.pk} of Cardiology waits for Public Affairs"
    assert f"/clearances/{clearance.pk}" in letter.body
    assert "was due by" in letter.body
    for word in ("Rosa", "flu", "lobby"):
        assert word not in letter.subject + letter.body


def test_of_what_was_decided_nobody_is_reminded(
    asked_at: datetime, clearance: Clearance, clearer: Person
) -> None:
    grant(clearer.actor, clearance, content=clearance.content_hash)
    assert remind_offices(asked_at + 60 * HOUR) == 0


def test_what_has_no_due_date_calls_for_no_letter(
    write: Write, author: Person, routes: Callable[[str], None]
) -> None:
    routes("")
    draft = write()
    (opened,) = submit(author.actor, draft, version=draft.version)
    assert opened.due_at is None
    assert remind_offices(timezone.now() + timedelta(days=90)) == 0


def test_a_letter_that_failed_goes_with_the_next_round(
    asked_at: datetime, settings: LazySettings
) -> None:
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
    assert remind_offices(asked_at + 25 * HOUR) == 0
    settings.EMAIL_BACKEND = works
    assert remind_offices(asked_at + 26 * HOUR) == 1


def test_a_dead_mail_server_holds_a_round_up_only_so_long(
    write: Write, author: Person, settings: LazySettings
) -> None:
    for _ in range(PATIENCE + 2):
        draft = write()
        submit(author.actor, draft, version=draft.version)
    settings.EMAIL_BACKEND = "tests.publishing.counting_mail.Backend"
    assert remind_offices(timezone.now() + 25 * HOUR) == 0
    assert len(mail.outbox) == PATIENCE


def test_the_worker_goes_through_them_once_an_hour(clearance: Clearance) -> None:
    assert clearances.run() is True
    assert clearances.run() is False
    past = timezone.now() - HOUR
    Clearance.objects.update(requested_at=past - 9 * HOUR, due_at=past)
    Turn.objects.update(next_at=past)
    assert clearances.run() is True
    assert len(mail.outbox) == 1
