"""What shows a patient goes out only as they allowed, and comes down when they say so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.cast import account
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.publishing.authorizations import live, objection, usable
from wardline.publishing.content import Pictured
from wardline.publishing.errors import PublishingError
from wardline.publishing.history import history
from wardline.publishing.models import (
    Authorization,
    Draft,
    FollowUp,
    Picture,
    Publication,
)
from wardline.publishing.notices import notice, noticed
from wardline.publishing.settle import finish
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.expire_authorizations import expire_authorizations
from wardline.publishing.steps.record_authorization import Signed, record_authorization
from wardline.publishing.steps.revoke_authorization import revoke_authorization
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry.models import Account

STORY = "Our patient Rosa Delgado rang the bell after her last round of chemo."
PHOTO = Pictured("a" * 64, "A bell on a wall")
Put = Callable[..., Authorization]
Cleared = Callable[..., Draft]


@pytest.fixture
def signed(cardiology: Unit, blog: Account) -> Signed:
    return Signed(
        unit=cardiology,
        reference="PA-2026-014",
        kept_at="Privacy Office, binder 7",
        given_by="person",
        covers=frozenset({"story", "name"}),
        scope="A post about finishing treatment.",
        accounts=frozenset({blog}),
        signed_on=timezone.localdate() - timedelta(days=1),
        expires_at=timezone.now() + timedelta(days=90),
    )


@pytest.fixture
def put(signed: Signed, privacy_officer: Person) -> Put:
    """Put one on record: `put()`, `put(covers=frozenset({"image"}))`."""

    def recorded(**other: object) -> Authorization:
        changed = replace(signed, **other)  # type: ignore[arg-type]
        return record_authorization(privacy_officer.actor, changed)

    return recorded


@pytest.fixture(autouse=True)
def bell(cardiology: Unit, author: Person) -> Picture:
    return Picture.objects.create(
        unit=cardiology,
        sha256=PHOTO.sha256,
        name="bell.png",
        kind="image/png",
        width=1,
        height=1,
        content=b"bell",
        added_by=author,
    )


@pytest.fixture
def cleared(
    author: Person,
    clearer: Person,
    privacy_officer: Person,
    write: Callable[..., Draft],
) -> Cleared:
    """A story that its offices cleared: `cleared(row)`, `cleared(accounts=[…])`."""

    def granted(*rows: Authorization, **fields: object) -> Draft:
        draft = write(STORY, authorizations=rows, **fields)
        submit(author.actor, draft, version=1)
        while row := draft.clearances.filter(state="pending").first():
            office = privacy_officer if row.lifts_hold else clearer
            grant(office.actor, row, content=row.content_hash, note="Signed.")
        draft.refresh_from_db()
        return draft

    return granted


def sent(author: Person, draft: Draft) -> Draft:
    """Publish it as a worker does."""
    for row in schedule(author.actor, draft, at=None, zone="UTC"):
        done(row)
    draft.refresh_from_db()
    return draft


def done(row: Publication) -> None:
    move(row, "sending", SYSTEM)
    with transaction.atomic():
        move(row, "published", SYSTEM, set_fields={"remote_id": "7"})
        finish(SYSTEM, row)


def test_without_an_authorization_there_is_no_objection(
    write: Callable[..., Draft],
) -> None:
    assert objection(write(STORY), timezone.now()) == ""


@pytest.mark.clause("POLICY-01", by="wardline.publishing.authorizations")
def test_a_story_that_was_authorized_is_cleared_and_goes_out(
    put: Put, cleared: Cleared, author: Person
) -> None:
    row = put()
    post = sent(author, cleared(row))
    assert post.state == "published"
    assert list(live(row)) == [post]


@pytest.mark.parametrize(
    ("covers", "fields", "why"),
    [
        ({"image"}, {}, "covers the story"),
        ({"story"}, {"pictures": [PHOTO]}, "covers pictures and film"),
        ({"voice"}, {"pictures": [PHOTO]}, "covers pictures and film and the story"),
    ],
)
def test_what_it_does_not_cover_is_not_lifted(
    put: Put, cleared: Cleared, covers: set[str], fields: dict[str, object], why: str
) -> None:
    row = put(covers=frozenset(covers))
    with pytest.raises(PublishingError, match=why):
        cleared(row, **fields)


def test_two_authorizations_may_cover_it_between_them(
    put: Put, cleared: Cleared
) -> None:
    story, image = put(), put(reference="PA-2", covers=frozenset({"image"}))
    assert cleared(story, image, pictures=[PHOTO]).state == "cleared"


def test_an_account_it_does_not_name_is_not_covered(
    put: Put, cleared: Cleared, blog: Account, page_by_hand: Account
) -> None:
    with pytest.raises(PublishingError, match="does not cover Cardiology network"):
        cleared(put(), accounts=[blog, page_by_hand])


def test_it_is_not_scheduled_for_after_its_end(
    put: Put, cleared: Cleared, author: Person
) -> None:
    now = timezone.now()
    draft = cleared(put(expires_at=now + timedelta(days=2)))
    with pytest.raises(PublishingError, match="ends on"):
        schedule(author.actor, draft, at=now + timedelta(days=3), zone="UTC")


@pytest.mark.clause("POLICY-01", by="wardline.publishing.steps.revoke_authorization")
def test_a_revocation_has_the_posts_taken_down_within_a_day(
    put: Put, cleared: Cleared, author: Person, clearer: Person
) -> None:
    row = put()
    post = sent(author, cleared(row))
    revoke_authorization(clearer.actor, row, reason="A letter came today.")
    (task,) = FollowUp.objects.filter(draft=post, state="open")
    assert task.kind == "take-down"
    assert task.due_at
    assert task.due_at <= timezone.now() + timedelta(hours=24)
    assert (row.state, row.ended_by_id) == ("revoked", clearer.pk)
    withdraw(author.actor, post, reason="Its authorization was revoked.")
    task.refresh_from_db()
    assert task.state == "open"
    done(post.publications.get(action="withdraw"))
    task.refresh_from_db()
    assert task.state == "done"


def test_what_was_not_sent_when_it_is_revoked_is_held(
    put: Put, cleared: Cleared, author: Person, privacy_officer: Person
) -> None:
    row = put()
    draft = cleared(row)
    (queued,) = schedule(author.actor, draft, at=None, zone="UTC")
    revoke_authorization(privacy_officer.actor, row, reason="By telephone.")
    queued.refresh_from_db()
    assert (queued.state, queued.problem) == (
        "held",
        "Authorization PA-2026-014 is revoked.",
    )
    assert not FollowUp.objects.exists()
    draft.refresh_from_db()
    with pytest.raises(PublishingError, match="is revoked"):
        schedule(author.actor, draft, at=None, zone="UTC")


def test_a_worker_holds_what_lost_its_authorization_unnoticed(
    put: Put, cleared: Cleared, author: Person
) -> None:
    row = put()
    (queued,) = schedule(author.actor, cleared(row), at=None, zone="UTC")
    Authorization.objects.filter(pk=row.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert claim() is None
    queued.refresh_from_db()
    assert queued.state == "held"


def test_what_may_be_out_is_looked_at_until_it_is_given_up(
    put: Put,
    cleared: Cleared,
    author: Person,
    privacy_officer: Person,
    page_by_hand: Account,
) -> None:
    row = put(accounts=frozenset({page_by_hand}))
    draft = cleared(row, accounts=[page_by_hand])
    schedule(author.actor, draft, at=None, zone="UTC")
    claim()
    revoke_authorization(privacy_officer.actor, row, reason="By telephone.")
    task = FollowUp.objects.get(draft=draft)
    cancel_draft(author.actor, draft)
    task.refresh_from_db()
    assert task.state == "done"


def test_two_weeks_before_its_end_the_unit_is_reminded_once(
    put: Put, cleared: Cleared, author: Person
) -> None:
    now = timezone.now()
    row = put(expires_at=now + timedelta(days=20))
    post = sent(author, cleared(row))
    expire_authorizations(now)
    assert not FollowUp.objects.exists()
    for day in (7, 8):
        expire_authorizations(now + timedelta(days=day))
    task = FollowUp.objects.get()
    assert (task.draft, task.kind) == (post, "authorization")


def test_when_it_ends_it_is_as_if_it_was_revoked(
    put: Put, cleared: Cleared, author: Person
) -> None:
    row = put()
    post = sent(author, cleared(row))
    expire_authorizations(timezone.now() + timedelta(days=91))
    row.refresh_from_db()
    assert row.state == "expired"
    assert FollowUp.objects.get(draft=post).kind == "take-down"
    assert not usable(row.unit_id).exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"reference": "Rosa Delgado"}, "number of the signed form"),
        ({"reference": "Rosa"}, "number of the signed form"),
        ({"scope": "Our patient Rosa Delgado rang the bell."}, "Rosa Delgado"),
        ({"scope": " "}, "what it is for"),
        ({"covers": frozenset()}, "what it covers"),
        ({"accounts": frozenset()}, "Choose the accounts"),
        ({"given_by": "representative"}, "why the representative"),
        ({"signed_on": timezone.localdate() + timedelta(days=2)}, "to come"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "ended already"),
    ],
)
def test_what_is_not_good_is_not_put_on_record(
    put: Put, wrong: dict[str, object], told: str
) -> None:
    with pytest.raises(PublishingError, match=told):
        put(**wrong)
    assert not Authorization.objects.exists()


def test_a_form_is_put_on_record_once_and_for_its_own_unit(
    put: Put, oncology: Unit, author: Person, moderator: Person
) -> None:
    put()
    with pytest.raises(PublishingError, match="already"):
        put()
    other = account(oncology, author, moderator, "by_hand", "https://x.example/o")
    with pytest.raises(PublishingError, match="not an account of Cardiology"):
        put(reference="PA-3", accounts=frozenset({other}))


def test_only_privacy_records_and_only_it_or_public_affairs_revokes(
    put: Put, signed: Signed, author: Person, clearer: Person, privacy_officer: Person
) -> None:
    for person in (author, clearer):
        with pytest.raises(DeniedError):
            record_authorization(person.actor, signed)
    row = put()
    with pytest.raises(DeniedError):
        revoke_authorization(author.actor, row, reason="A letter.")
    with pytest.raises(PublishingError, match="Say how"):
        revoke_authorization(privacy_officer.actor, row, reason=" ")


def test_the_privacy_office_is_asked_about_a_picture_that_shows_a_patient(
    write: Callable[..., Draft], put: Put, author: Person, privacy_officer: Person
) -> None:
    """No word of the post gives it away; its author says so."""
    shows = replace(PHOTO, patient=True)
    allowed, other = put(covers=frozenset({"image"})), put(reference="PA-2026-015")
    draft = write(pictures=[shows], authorizations=[allowed])
    (row,) = submit(author.actor, draft, version=1)
    assert (row.office, row.lifts_hold) == ("privacy", True)
    assert objection(draft, timezone.now()) == ""
    draft.authorizations.set([other])
    assert "covers pictures" in objection(draft, timezone.now())


@pytest.mark.parametrize("gone", [True, False])
def test_the_public_page_shows_a_story_only_while_its_patient_allows_it(
    put: Put, cleared: Cleared, author: Person, privacy_officer: Person, *, gone: bool
) -> None:
    row = put()
    post = sent(author, cleared(row))
    if gone:
        withdraw(author.actor, post, reason="It ended.")
    else:
        fix = start_correction(author.actor, post, reason="The day was wrong.")
        Draft.objects.filter(pk=post.pk).update(state="corrected")
        fix.authorizations.clear()
    told = history(post.public_id)
    assert told
    assert STORY in told.snapshots[0].places[0].text
    revoke_authorization(privacy_officer.actor, row, reason="By letter.")
    told = history(post.public_id)
    assert told
    assert told.restricted
    assert not told.snapshots
    assert [notice(each).title for each in noticed()] == [""] * gone
