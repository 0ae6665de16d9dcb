"""Scheduling within what was cleared, and what else a step refuses in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from wardline.people.models import Person, Unit
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.resolve import record_posted
from wardline.publishing.steps.save_draft import create_draft, edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry.models import Account

Write = Callable[..., Draft]
DAY = timedelta(days=1)


@pytest.fixture
def cleared(write: Write, author: Person, clearer: Person) -> Write:
    """`write`, and every clearance granted."""

    def write_and_clear(*words: str, **fields: object) -> Draft:
        draft = write(*words, **fields)
        for clearance in submit(author.actor, draft, version=draft.version):
            grant(clearer.actor, clearance, content=clearance.content_hash)
        draft.refresh_from_db()
        return draft

    return write_and_clear


def test_a_scheduled_draft_has_one_publication_per_account(
    cleared: Write, author: Person, blog: Account, page_by_hand: Account
) -> None:
    draft = cleared(accounts=[blog, page_by_hand])
    rows = schedule(author.actor, draft, at=timezone.now() + DAY, zone="UTC")
    assert {row.account for row in rows} == {blog, page_by_hand}


def test_a_time_that_has_passed_is_refused(cleared: Write, author: Person) -> None:
    with pytest.raises(PublishingError, match="has passed"):
        schedule(author.actor, cleared(), at=timezone.now() - DAY, zone="UTC")


def test_a_time_outside_the_cleared_window_is_refused(
    cleared: Write, author: Person
) -> None:
    now = timezone.now()
    draft = cleared(not_before=now + DAY, not_after=now + 2 * DAY)
    with pytest.raises(PublishingError, match="or later"):
        schedule(author.actor, draft, at=None, zone="UTC")
    with pytest.raises(PublishingError, match="until"):
        schedule(author.actor, draft, at=now + 3 * DAY, zone="UTC")
    assert schedule(author.actor, draft, at=now + 1.5 * DAY, zone="UTC")


def test_a_time_after_the_clearance_expires_is_refused(
    cleared: Write, author: Person
) -> None:
    draft = cleared()
    with pytest.raises(PublishingError, match="Not cleared for that time"):
        schedule(author.actor, draft, at=timezone.now() + 31 * DAY, zone="UTC")


def test_an_expired_clearance_is_asked_for_again(
    cleared: Write, author: Person
) -> None:
    draft = cleared()
    Clearance.objects.update(expires_at=timezone.now() - DAY)
    (again,) = submit(author.actor, draft, version=draft.version)
    states = Clearance.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["expired", "pending"]
    assert again.office == "public-affairs"


def test_a_window_that_closes_before_it_opens_is_refused(write: Write) -> None:
    edge = datetime(2027, 1, 1, tzinfo=UTC)
    with pytest.raises(PublishingError, match="open before it closes"):
        write(not_before=edge, not_after=edge)


def test_an_account_of_another_unit_or_out_of_use_is_refused(
    write: Write, author: Person, oncology: Unit, blog: Account
) -> None:
    Account.objects.update(state="compromised")
    blog.refresh_from_db()
    with pytest.raises(PublishingError, match="compromised"):
        write(accounts=[blog])
    with pytest.raises(PublishingError, match="at least one account"):
        write(accounts=[])
    Account.objects.update(unit=oncology)
    blog.refresh_from_db()
    with pytest.raises(PublishingError, match="not an account of"):
        create_draft(
            author.actor,
            author.memberships.get().unit,
            Content("Title", "Words.", [blog]),
        )


def test_what_is_not_published_is_neither_corrected_nor_withdrawn(
    write: Write, author: Person
) -> None:
    draft = write()
    with pytest.raises(PublishingError, match="Only a published post"):
        start_correction(author.actor, draft, reason="Wrong day.")
    with pytest.raises(PublishingError, match="Only a published post"):
        withdraw(author.actor, draft, reason="Wrong day.")


@pytest.fixture
def published(cleared: Write, author: Person, page_by_hand: Account) -> Draft:
    """A post that a person put out by hand."""
    draft = cleared(accounts=[page_by_hand])
    schedule(author.actor, draft, at=None, zone="UTC")
    Publication.objects.update(state="by-hand")
    url = "https://network.example/cardiology/posts/7"
    record_posted(author.actor, Publication.objects.get(), url=url)
    draft.refresh_from_db()
    return draft


@pytest.mark.parametrize("step", [start_correction, withdraw])
def test_readers_are_told_the_reason(
    published: Draft, author: Person, step: Callable[..., None]
) -> None:
    with pytest.raises(PublishingError, match="readers will see it"):
        step(author.actor, published, reason=" ")


@pytest.mark.clause("ETHICS-06", by="wardline.publishing.steps.save_draft")
def test_a_published_post_is_corrected_and_not_edited(
    published: Draft, author: Person
) -> None:
    content = Content("Title", "Other words.", list(published.accounts.all()))
    with pytest.raises(PublishingError, match="correct it"):
        edit_draft(author.actor, published, content, version=published.version)


def test_a_post_has_one_open_correction_for_the_same_accounts(
    published: Draft, author: Person, blog: Account
) -> None:
    fix = start_correction(author.actor, published, reason="The day was wrong.")
    with pytest.raises(PublishingError, match="finish it first"):
        start_correction(author.actor, published, reason="The hour too.")
    with pytest.raises(PublishingError, match="accounts of its post"):
        edit_draft(author.actor, fix, Content("T", "W", [blog]), version=fix.version)
    cancel_draft(author.actor, fix)
    assert start_correction(author.actor, published, reason="The hour.").pk > fix.pk


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("network.example/7", "whole address"),
        ("javascript:alert(1)", "whole address"),
        ("https://elsewhere.example/7", "account is at network.example"),
    ],
)
def test_an_address_that_cannot_be_the_post_is_refused(
    cleared: Write, author: Person, page_by_hand: Account, url: str, says: str
) -> None:
    (row,) = schedule(
        author.actor, cleared(accounts=[page_by_hand]), at=None, zone="UTC"
    )
    with pytest.raises(PublishingError, match=says):
        record_posted(author.actor, row, url=url)


@pytest.mark.parametrize(
    ("state", "says"), [("sending", "at this moment"), ("unconfirmed", "Nobody knows")]
)
def test_what_may_be_out_already_is_not_given_up(
    cleared: Write, author: Person, state: str, says: str
) -> None:
    draft = cleared()
    schedule(author.actor, draft, at=None, zone="UTC")
    Publication.objects.update(state=state)
    with pytest.raises(PublishingError, match=says):
        cancel_draft(author.actor, draft)
