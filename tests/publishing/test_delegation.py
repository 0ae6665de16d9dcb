"""Somebody decides for an office while one of its people is away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Delegation, Person
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.delegate import delegate
from wardline.publishing.steps.end_delegation import end_delegation
from wardline.publishing.steps.submit import submit

Write = Callable[..., Draft]
DAY = timedelta(days=1)
OFFICE = "public-affairs"


def away(actor: Person, person: Person, stand_in: Person, days: int = 7) -> Delegation:
    """From an hour ago, for so many days."""
    start = timezone.now() - timedelta(hours=1)
    return delegate(
        actor.actor,
        office=OFFICE,
        person=person,
        stand_in=stand_in,
        starts_at=start,
        ends_at=start + days * DAY,
    )


def asked(author: Person, draft: Draft) -> Clearance:
    (clearance,) = submit(author.actor, draft, version=draft.version)
    return clearance


def decide(person: Person, clearance: Clearance) -> None:
    """As the person stands now: what was read of them is read again."""
    fresh = Person.objects.get(pk=person.pk)
    grant(fresh.actor, clearance, content=clearance.content_hash)


def test_nobody_stands_in_unasked(
    write: Write, author: Person, developer: Person
) -> None:
    clearance = asked(author, write())
    with pytest.raises(DeniedError, match="Only the office"):
        decide(developer, clearance)


def test_a_stand_in_decides_and_it_is_on_record_for_whom(
    write: Write, author: Person, clearer: Person, developer: Person
) -> None:
    row = away(clearer, clearer, developer)
    clearance = asked(author, write())
    decide(developer, clearance)
    clearance.refresh_from_db()
    assert clearance.decided_by == developer
    assert clearance.decided_as == "for Paz Affairs, who is away"
    assert Entry.objects.get(action="clearance.granted").detail["decided_as"]
    assert Entry.objects.get(action="office.delegate").target == f"delegation:{row.pk}"


def test_a_person_of_the_office_stands_in_for_nobody(
    write: Write, author: Person, clearer: Person
) -> None:
    clearance = asked(author, write())
    decide(clearer, clearance)
    clearance.refresh_from_db()
    assert clearance.decided_as == ""


def test_a_stand_in_who_wrote_the_draft_does_not_clear_it(
    write: Write, author: Person, clearer: Person
) -> None:
    away(clearer, clearer, author)
    clearance = asked(author, write())
    with pytest.raises(DeniedError, match="wrote or edited"):
        decide(author, clearance)


@pytest.mark.parametrize("ends", ["by its time", "by a person", "as who is away left"])
def test_after_its_end_nobody_stands_in(
    write: Write, author: Person, clearer: Person, developer: Person, ends: str
) -> None:
    row = away(clearer, clearer, developer)
    clearance = asked(author, write())
    if ends == "by its time":
        Delegation.objects.update(ends_at=timezone.now())
    elif ends == "by a person":
        end_delegation(clearer.actor, row)
    else:
        clearer.groups.clear()
    with pytest.raises(DeniedError, match="Only the office"):
        decide(developer, clearance)


def test_who_still_looks_at_the_page_when_it_ends_is_told(
    write: Write, author: Person, clearer: Person, developer: Person
) -> None:
    row = away(clearer, clearer, developer)
    clearance = asked(author, write())
    as_before = Person.objects.get(pk=developer.pk).actor
    end_delegation(clearer.actor, row)
    with pytest.raises(PublishingError, match="no longer stand in"):
        grant(as_before, clearance, content=clearance.content_hash)


def test_several_may_overlap_and_all_are_named(
    write: Write, author: Person, clearer: Person, developer: Person, moderator: Person
) -> None:
    moderator.groups.set(clearer.groups.all())
    away(clearer, clearer, developer)
    away(clearer, moderator, developer)
    clearance = asked(author, write())
    decide(developer, clearance)
    clearance.refresh_from_db()
    assert clearance.decided_as == "for Mo Derator and Paz Affairs, who are away"


def test_only_the_office_or_the_administrator_hands_it_over(
    author: Person, clearer: Person, developer: Person, administrator: Person
) -> None:
    with pytest.raises(DeniedError, match="Only somebody of the office"):
        away(developer, clearer, developer)
    assert away(administrator, clearer, developer).stand_in == developer
    with pytest.raises(DeniedError, match="Only somebody of the office"):
        end_delegation(author.actor, Delegation.objects.get())


def test_who_cannot_be_it_is_refused(
    clearer: Person, developer: Person, auditor: Person, colleague: Person
) -> None:
    colleague.is_active = False
    colleague.save()
    for person, stand_in, says in (
        (developer, clearer, "not of the Public Affairs"),
        (clearer, clearer, "somebody else"),
        (clearer, colleague, "somebody else"),
        (clearer, auditor, "auditor"),
    ):
        with pytest.raises(PublishingError, match=says):
            away(clearer, person, stand_in)
    with pytest.raises(PublishingError, match="ahead"):
        away(clearer, clearer, developer, days=0)
    assert not Delegation.objects.exists()


def test_what_is_no_office_is_handed_to_nobody(
    administrator: Person, registrar: Person, developer: Person
) -> None:
    now = timezone.now()
    with pytest.raises(PublishingError, match="no office 'registrar'"):
        delegate(
            administrator.actor,
            office="registrar",
            person=registrar,
            stand_in=developer,
            starts_at=now,
            ends_at=now + DAY,
        )


def test_a_delegation_ends_once(clearer: Person, developer: Person) -> None:
    row = away(clearer, clearer, developer)
    end_delegation(clearer.actor, row)
    with pytest.raises(PublishingError, match="over already"):
        end_delegation(clearer.actor, row)
