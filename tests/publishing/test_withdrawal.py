"""Withdrawing and correcting at once with other things: nothing slips out."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from tests.cast import account
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.people.access import can
from wardline.people.models import Person, Unit
from wardline.publishing.content import Content, Pictured
from wardline.publishing.errors import PublishingError
from wardline.publishing.follow import LOOK, TELL
from wardline.publishing.history import history
from wardline.publishing.models import Draft, Publication
from wardline.publishing.settle import finish
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.restrict import restrict_withdrawn
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry.models import Account

Release = Callable[[Draft], list[Publication]]


@pytest.fixture
def release(author: Person, clearer: Person) -> Release:
    """Have a draft cleared and put in the queue."""

    def released(draft: Draft) -> list[Publication]:
        for clearance in submit(author.actor, draft, version=draft.version):
            grant(clearer.actor, clearance, content=clearance.content_hash)
        return schedule(author.actor, draft, at=None, zone="America/New_York")

    return released


def come_out(row: Publication) -> Draft:
    """What a worker writes once the channel has the post."""
    row.refresh_from_db()
    if row.state == "due":
        move(row, "sending", SYSTEM)
    fields = {"remote_id": "7", "finished_at": timezone.now()}
    with transaction.atomic():
        move(row, "published", SYSTEM, set_fields=fields)
        finish(SYSTEM, row)
    return Draft.objects.get(pk=row.draft_id)


@pytest.fixture
def two_places(
    write: Callable[..., Draft],
    release: Release,
    blog: Account,
    cardiology: Unit,
    author: Person,
    moderator: Person,
) -> list[Publication]:
    """A draft that is due on two accounts."""
    url = "http://127.0.0.1:10/"
    second = account(cardiology, author, moderator, "wordpress", url)
    return release(write(accounts=[blog, second]))


def removals() -> list[str]:
    rows = Publication.objects.filter(action="withdraw").order_by("pk")
    return [row.remote_id for row in rows]


def test_any_number_of_posts_can_be_withdrawn(
    write: Callable[..., Draft], release: Release, author: Person
) -> None:
    for _ in range(2):
        (row,) = release(write())
        withdraw(author.actor, come_out(row), reason="Wrong day.")
    assert removals() == ["7", "7"]


def test_what_still_waits_is_never_sent_after_a_withdrawal(
    two_places: list[Publication], author: Person
) -> None:
    first, second = two_places
    withdraw(author.actor, come_out(first), reason="A name.", patient_data=True)
    second.refresh_from_db()
    assert second.state == "cancelled"
    assert removals() == ["7"]


def test_what_comes_out_after_a_withdrawal_is_taken_down(
    two_places: list[Publication], author: Person
) -> None:
    first, second = two_places
    move(second, "sending", SYSTEM)
    withdraw(author.actor, come_out(first), reason="A name.", patient_data=True)
    assert removals() == ["7"]
    assert come_out(second).state == "withdrawn"
    assert removals() == ["7", "7"]


def test_a_correction_that_waits_is_called_off_with_its_post(
    write: Callable[..., Draft], release: Release, author: Person
) -> None:
    post = come_out(release(write())[0])
    correction = start_correction(author.actor, post, reason="The day was wrong.")
    (row,) = release(correction)
    withdraw(author.actor, post, reason="It was all wrong.")
    row.refresh_from_db()
    correction.refresh_from_db()
    assert (row.state, correction.state) == ("cancelled", "cleared")


def test_a_correction_is_neither_corrected_nor_withdrawn_itself(
    write: Callable[..., Draft], release: Release, author: Person
) -> None:
    post = come_out(release(write())[0])
    correction = start_correction(author.actor, post, reason="The day was wrong.")
    correction = come_out(release(correction)[0])
    with pytest.raises(PublishingError, match="Correct the post itself"):
        start_correction(author.actor, correction, reason="Again.")
    with pytest.raises(PublishingError, match="Withdraw the post itself"):
        withdraw(author.actor, correction, reason="Again.")


def test_no_correction_begins_once_the_post_is_withdrawn(
    write: Callable[..., Draft], release: Release, author: Person
) -> None:
    post = come_out(release(write())[0])
    opened_before = Draft.objects.get(pk=post.pk)
    withdraw(author.actor, post, reason="A name.", patient_data=True)
    with pytest.raises(PublishingError, match="Only a published post"):
        start_correction(author.actor, opened_before, reason="The day was wrong.")


def test_what_may_be_out_already_cannot_be_edited_away(
    write: Callable[..., Draft], release: Release, author: Person, blog: Account
) -> None:
    draft = write()
    (row,) = release(draft)
    Publication.objects.filter(pk=row.pk).update(in_doubt=True)
    content = Content("Title", "Other words.", [blog])
    with pytest.raises(PublishingError, match="being sent"):
        edit_draft(author.actor, draft, content, version=draft.version)


def test_first_words_do_not_go_out_elsewhere_once_a_correction_was_begun(
    two_places: list[Publication], author: Person
) -> None:
    first, second = two_places
    start_correction(author.actor, come_out(first), reason="The day was wrong.")
    assert claim() is None
    second.refresh_from_db()
    assert second.state == "held"
    assert "corrected" in second.problem


def test_first_words_that_come_out_all_the_same_become_a_task(
    two_places: list[Publication], author: Person
) -> None:
    first, second = two_places
    post = come_out(first)
    start_correction(author.actor, post, reason="The day was wrong.")
    assert not post.follow_ups.exists()
    come_out(second)
    assert post.follow_ups.get().subject == str(second.account)


def test_nothing_new_goes_out_on_an_account_that_became_another_units(
    two_places: list[Publication], oncology: Unit
) -> None:
    first, second = two_places
    for row in two_places:
        row.account.unit = oncology
        row.account.save()
    assert claim() is None
    for row in (first, second):
        row.refresh_from_db()
        assert row.state == "held"


HELD = "Rosa Delgado, MRN 4471903, asked for it."


def test_a_reason_that_tells_of_a_patient_is_not_shown_to_readers(
    write: Callable[..., Draft], release: Release, author: Person
) -> None:
    post = come_out(release(write())[0])
    with pytest.raises(PublishingError, match="Readers will see this reason"):
        withdraw(author.actor, post, reason=HELD)
    with pytest.raises(PublishingError, match="Readers will see this reason"):
        start_correction(author.actor, post, reason=HELD)
    withdraw(author.actor, post, reason=HELD, patient_data=True)
    assert removals() == ["7"]


def test_patient_data_found_after_the_withdrawal_is_restricted_still(
    write: Callable[..., Draft], release: Release, author: Person
) -> None:
    post = come_out(release(write())[0])
    with pytest.raises(PublishingError, match="withdrawn"):
        restrict_withdrawn(author.actor, post)
    withdraw(author.actor, post, reason="Wrong day.")
    told = history(post.public_id)
    assert told
    assert told.snapshots
    restrict_withdrawn(author.actor, post)
    told = history(post.public_id)
    assert told
    assert not told.snapshots
    assert not can(author.actor, "draft.read", Draft.objects.get(pk=post.pk))
    assert {row.kind for row in post.follow_ups.all()} == {TELL, LOOK}
    with pytest.raises(PublishingError):
        restrict_withdrawn(author.actor, post)


def test_a_picture_that_went_out_with_patient_data_is_not_used_again(
    write: Callable[..., Draft], author: Person, cardiology: Unit
) -> None:
    shown = Pictured("a" * 64, "A bell on a wall")
    with pytest.raises(PublishingError, match="not of Cardiology"):
        write(pictures=[shown])
    cardiology.pictures.create(
        sha256=shown.sha256, width=1, height=1, content=b"bell", added_by=author
    )
    post = write(pictures=[shown])
    write(pictures=[shown])
    Draft.objects.filter(pk=post.pk).update(restricted=True)
    with pytest.raises(PublishingError, match="ask the Privacy Office"):
        write(pictures=[shown])
