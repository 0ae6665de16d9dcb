"""A person settles what the channel cannot tell: Mastodon shows no key."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import account
from tests.newsroom import Newsroom
from wardline.people.models import Person, Unit
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, Publication
from wardline.publishing.steps.resolve import record_posted, try_again

HOME = "https://social.example/@cardiology"


@pytest.fixture
def row(
    newsroom: Newsroom,
    write: Callable[..., Draft],
    cardiology: Unit,
    author: Person,
    moderator: Person,
) -> Publication:
    """One that may be out, and of which nobody heard again."""
    site = account(cardiology, author, moderator, "mastodon", HOME)
    (made,) = newsroom.queue(write(accounts=[site]))
    Publication.objects.update(state="unconfirmed", in_doubt=True)
    made.refresh_from_db()
    return made


def test_it_is_sent_again_only_by_somebody_who_looked(
    row: Publication, author: Person
) -> None:
    with pytest.raises(PublishingError, match="Look at"):
        try_again(author.actor, row)
    try_again(author.actor, row, looked=True)
    assert row.state == "due"


def test_what_somebody_found_there_is_recorded_by_its_address(
    row: Publication, author: Person
) -> None:
    with pytest.raises(PublishingError, match="Open the post itself"):
        record_posted(author.actor, row, url=f"{HOME}/with_replies")
    record_posted(author.actor, row, url=f"{HOME}/114")
    assert (row.state, row.remote_id) == ("published", "114")


def test_a_site_that_knows_its_posts_by_key_is_asked_and_no_person(
    newsroom: Newsroom, write: Callable[..., Draft], author: Person
) -> None:
    (row,) = newsroom.queue(write())
    Publication.objects.update(state="unconfirmed", in_doubt=True)
    row.refresh_from_db()
    with pytest.raises(PublishingError, match="itself"):
        record_posted(author.actor, row, url=f"{row.account.url}/?p=4")
    try_again(author.actor, row)
    assert row.state == "due"


def test_the_page_asks_whoever_tries_again_to_look_first(
    row: Publication, author: Person, client: Client
) -> None:
    client.force_login(author)
    assert (
        "I looked: it is not out there"
        in client.get(f"/publications/{row.pk}").content.decode()
    )
    told = client.post(f"/publications/{row.pk}/again", follow=True)
    assert "Look at" in told.content.decode()
    row.refresh_from_db()
    assert row.state == "unconfirmed"
    client.post(f"/publications/{row.pk}/again", {"looked": "on"})
    row.refresh_from_db()
    assert row.state == "due"
