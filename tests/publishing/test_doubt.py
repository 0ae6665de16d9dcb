"""What may be out already is never called failed, held or missed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from typing_extensions import override

from tests.newsroom import Newsroom
from wardline import channels
from wardline.audit.models import Entry
from wardline.channels import ChannelError, Connection, Post, Remote
from wardline.channels.wordpress import WordPress
from wardline.people.models import Person
from wardline.publishing.errors import PublishingError
from wardline.publishing.lease import Claim
from wardline.publishing.models import Draft, Publication
from wardline.publishing.steps import deliver as step
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.pause import start_pause
from wardline.publishing.steps.resolve import record_posted, try_again
from wardline.registry import vault
from wardline.registry.models import Account
from wardline.worker.jobs import deliver
from wardline.worker.loop import attempt

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@dataclass
class Site(WordPress):
    """A site that keeps what it is sent, and whose answers are lost while `loses`."""

    kept: dict[str, Post] = field(default_factory=dict)
    loses: bool = False
    breaks: bool = False
    refuses: str = ""

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        return Remote(key, f"https://posts.example/{key}") if key in self.kept else None

    @override
    def publish(self, connection: Connection, post: Post) -> Remote:
        if self.refuses:
            raise ChannelError(self.refuses, permanent=True)
        self.kept[post.key] = post
        if self.breaks:
            raise KeyError(post.key)
        if self.loses:
            message = "The site broke off."
            raise ChannelError(message, permanent=False, unknown_outcome=True)
        return Remote(post.key, f"https://posts.example/{post.key}")

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        return self.publish(connection, post)


@pytest.fixture
def site(blog: Account, author: Person, monkeypatch: pytest.MonkeyPatch) -> Site:
    vault.store(author.actor, blog, "username", "wardline")
    vault.store(author.actor, blog, "secret", "sesame")
    made = Site()
    monkeypatch.setattr(channels, "get", lambda _slug: made)
    return made


def send(row: Publication) -> Publication:
    """Let the worker act once, whatever the clock says."""
    past = timezone.now() - DAY
    Publication.objects.update(next_attempt_at=past, lease_until=past)
    attempt("deliver", deliver.run)
    row.refresh_from_db()
    return row


@pytest.fixture
def due(newsroom: Newsroom, write: Callable[..., Draft], site: Site) -> Publication:
    return newsroom.queue(write())[0]


def test_what_nothing_hinders_is_sent(due: Publication) -> None:
    assert send(due).state == "published"


def test_what_may_be_out_is_not_called_failed_for_want_of_a_sign_in(
    due: Publication, site: Site
) -> None:
    site.loses = True
    assert send(due).state == "due"
    due.account.secrets.all().delete()
    assert send(due).state == "unconfirmed"


def test_a_correction_that_may_be_out_is_not_called_held(
    newsroom: Newsroom, due: Publication, site: Site, clearer: Person
) -> None:
    """A person drops what is held, and nobody would know what is out."""
    post = send(due).draft
    (row,) = newsroom.queue(newsroom.fix(post, "Flu shots are on Wednesday."))
    site.loses = True
    assert send(row).state == "due"
    site.kept.clear()
    start_pause(clearer.actor, None, "A storm.")
    assert (send(row).state, row.in_doubt) == ("unconfirmed", True)
    assert "A storm" in row.problem


def test_a_correction_that_is_found_by_its_key_is_published(
    newsroom: Newsroom, due: Publication, site: Site, clearer: Person
) -> None:
    post = send(due).draft
    (row,) = newsroom.queue(newsroom.fix(post, "Flu shots are on Wednesday."))
    site.loses = True
    assert send(row).state == "due"
    start_pause(clearer.actor, None, "A storm.")
    assert send(row).state == "published"


def test_a_post_that_its_channel_does_not_have_is_held_and_in_doubt_no_more(
    due: Publication, site: Site, clearer: Person
) -> None:
    site.loses = True
    send(due)
    site.kept.clear()
    start_pause(clearer.actor, None, "A storm.")
    assert (send(due).state, due.in_doubt) == ("held", False)


def test_what_breaks_the_worker_each_time_goes_to_a_person(
    due: Publication, author: Person, site: Site
) -> None:
    site.breaks = True
    for _turn in range(20):
        send(due)
        site.kept.clear()
    assert (due.state, due.in_doubt) == ("unconfirmed", True)
    site.breaks = False
    try_again(author.actor, due)
    assert send(due).state == "published"


def test_a_worker_that_sees_that_its_lease_is_over_sends_nothing(
    due: Publication, site: Site
) -> None:
    claimed = claim()
    assert claimed
    step.deliver(Claim(claimed.publication_id, claimed.fence - 1))
    assert not site.kept


def test_nobody_records_as_posted_what_is_being_sent(
    newsroom: Newsroom, due: Publication, author: Person
) -> None:
    """A correction that then fails would be said to be out."""
    post = send(due).draft
    (row,) = newsroom.queue(newsroom.fix(post, "Flu shots are on Wednesday."))
    assert claim()
    row.refresh_from_db()
    with pytest.raises(PublishingError, match="nothing to record"):
        record_posted(author.actor, row, url="")


def test_what_a_site_says_of_a_post_is_not_kept_for_ever(
    due: Publication, site: Site
) -> None:
    """Sites repeat what they were sent, and nothing is ever taken out of the audit."""
    site.refuses = "The site refused: Rosa Delgado is a forbidden word."
    assert send(due).state == "failed"
    assert "Rosa Delgado" in due.problem
    assert not any("Rosa" in str(entry.detail) for entry in Entry.objects.all())
