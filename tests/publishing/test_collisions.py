"""What is said against a time, and what is not: a warning never refuses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import account
from wardline.people.models import Person
from wardline.publishing.collisions import collisions
from wardline.publishing.models import Draft, Pause, Publication
from wardline.registry import vault
from wardline.registry.models import Account, Secret

Write = Callable[..., Draft]
BOSTON = "America/New_York"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NOON = datetime(2027, 3, 2, 17, tzinfo=UTC)
"""A Tuesday at noon in Boston."""


def queue(draft: Draft, at: datetime, state: str = "due") -> Publication:
    return draft.publications.create(
        account=draft.accounts.get(),
        revision=draft.revision,
        key=f"key-{draft.pk}-{at:%s}",
        due_at=at,
        next_attempt_at=at,
        zone=BOSTON,
        state=state,
    )


def kinds(draft: Draft, at: datetime = NOON, zone: str = BOSTON) -> list[str]:
    return [one.kind for one in collisions(draft, at, zone)]


def test_a_quiet_calendar_has_nothing_against_a_time(write: Write) -> None:
    assert kinds(write()) == []


@pytest.mark.parametrize("words", ["Flu  SHOTS on Tuesday.", "Flu shots on Tuesday!"])
def test_the_same_or_nearly_the_same_words_on_an_account_are_told(
    write: Write, words: str
) -> None:
    """postiz#1779"""
    queue(write("Flu shots on Tuesday."), NOON - 3 * DAY, "published")
    (found,) = collisions(write(words), NOON, BOSTON)
    assert found.kind == "same-words"
    assert "Cardiology blog on Feb 27, 2027" in found.words


def test_other_words_the_same_ones_long_ago_or_called_off_are_not(write: Write) -> None:
    queue(write("Flu shots on Tuesday."), NOON - 40 * DAY, "published")
    queue(write("Flu shots on Tuesday."), NOON - 3 * DAY, "cancelled")
    queue(write("The lobby is closed.", "Lobby"), NOON - 3 * DAY)
    assert kinds(write("Flu shots on Tuesday.")) == []


def test_the_words_of_the_account_count(
    write: Write, blog: Account, page_by_hand: Account
) -> None:
    queue(write("Flu shots on Tuesday."), NOON - DAY)
    other = write(
        "Flu shots on Tuesday.",
        accounts=[blog, page_by_hand],
        variants={blog.pk: "The lobby is closed for the whole of this week."},
    )
    assert kinds(other) == []


def test_several_posts_of_an_account_or_a_unit_in_one_hour_are_told(
    write: Write, page_by_hand: Account
) -> None:
    """postiz#1779"""
    queue(write("The lobby is closed.", "Lobby"), NOON - 59 * MINUTE)
    write(
        "Parking is free.", "Parking", accounts=[page_by_hand], planned=(NOON, BOSTON)
    )
    words = [one.words for one in collisions(write(), NOON, BOSTON)]
    assert words == [
        "Another post on Cardiology blog within an hour.",
        "Another post of the unit within an hour.",
    ]
    assert kinds(write(), NOON + 61 * MINUTE) == []


def test_another_units_posts_do_not_count(
    write: Write, author: Person, moderator: Person, oncology: object
) -> None:
    elsewhere = account(oncology, author, moderator, "by_hand", "https://x.com/onc")  # type: ignore[arg-type]
    row = queue(write("Flu shots on Tuesday."), NOON)
    Draft.objects.filter(pk=row.draft_id).update(unit=oncology)
    Publication.objects.update(account=elsewhere)
    assert kinds(write("Flu shots on Tuesday.")) == []


@pytest.mark.parametrize(
    ("at", "zone", "says"),
    [
        (NOON + timedelta(hours=10), BOSTON, "night then in New York"),
        (NOON, "Asia/Tokyo", "night then in Tokyo"),
        (NOON + 4 * DAY, BOSTON, "Saturday"),
    ],
)
def test_night_and_weekend_are_those_of_the_zone(
    write: Write, at: datetime, zone: str, says: str
) -> None:
    assert says in collisions(write(), at, zone)[0].words


def test_a_pause_is_told_while_it_lasts_and_on_its_day(
    write: Write, clearer: Person
) -> None:
    pause = Pause.objects.create(
        reason="A storm.", started_by=clearer, started_at=NOON - 2 * DAY
    )
    assert "is paused" in collisions(write(), NOON, BOSTON)[0].words
    Pause.objects.update(ended_at=NOON - timedelta(hours=5))
    assert "on that day: A storm." in collisions(write(), NOON, BOSTON)[0].words
    assert kinds(write(), NOON + DAY) == []
    assert pause.pk


def test_scheduling_beyond_the_end_of_a_sign_in_is_told(
    write: Write, author: Person, blog: Account
) -> None:
    ends = timezone.now() + DAY
    vault.store(author.actor, blog, "secret", "sesame", expires_at=ends)
    assert Secret.objects.get().expires_at == ends
    assert "sign-in" in kinds(write(), NOON)
    assert "sign-in" not in kinds(write(), ends - MINUTE)


def test_a_correction_says_what_was_said_and_is_not_warned_of_it(write: Write) -> None:
    post = queue(write(), NOON - DAY, "published").draft
    correction = write()
    Draft.objects.filter(pk=correction.pk).update(corrects=post)
    assert kinds(Draft.objects.get(pk=correction.pk), NOON + timedelta(hours=10)) == []
