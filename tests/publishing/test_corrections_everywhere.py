"""The whole way at real sites: published, corrected twice, withdrawn.

WordPress, MediaWiki and Bluesky are real; Mastodon is a stand-in (see its file).
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.cast import account
from tests.newsroom import Newsroom
from wardline import channels
from wardline.channels import Channel, Comment, Connection, Reading, Remote
from wardline.people.models import Person, Unit
from wardline.publishing.models import Draft, Publication
from wardline.publishing.post import corrections_url
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.deliver import deliver
from wardline.publishing.steps.resolve import record_posted
from wardline.publishing.steps.start_reply import start_reply
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry import vault
from wardline.registry.models import Account

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Flu shots are on **Tuesday** in the lobby."
RIGHT = "Flu shots are on **Thursday** in the lobby."
LATER = "Flu shots are on **Thursday** in the main hall."


@dataclass(frozen=True, slots=True)
class Site:
    """An account of ours at a site, and the sign-in to look there."""

    channel: Channel
    account: Account
    connection: Connection
    server: Any

    def read(self, row: Publication) -> Reading:
        """What stands there now."""
        return self.channel.read(self.connection, row.remote_id)

    def comment(self, row: Publication) -> str:
        """A visitor asks something below it; the comment's id."""
        remote, words = Remote(row.remote_id, row.remote_url), "At what time?"
        if self.account.channel == "bluesky":
            said = self.server.say(self.server.visitor, words, above=remote)
            return str(said.id)
        return str(self.server.comment(remote, words))

    def let_time_pass(self, row: Publication) -> None:
        """WordPress lets nobody comment twice within fifteen seconds."""
        if self.account.channel == "wordpress":
            path, long_ago = f"comments/{row.remote_id}", "2026-01-01T00:00:00"
            self.server.call("POST", path, date_gmt=long_ago)

    def answers(self, rows: list[Publication]) -> list[Comment]:
        """Those of our replies that the channel has, in order."""
        ids = [row.remote_id for row in rows]
        found = self.channel.comments(self.connection, "").items
        ours = (one for one in found if one.id in ids)
        return sorted(ours, key=lambda one: ids.index(one.id))


def _connection(name: str, server: Any) -> Connection:  # noqa: ANN401  four classes
    match name:
        case "mediawiki":
            found = server.connection("User:Admin")
        case "bluesky":
            found = server.connection(server.official)
        case _:
            found = server.connection
    assert isinstance(found, Connection)
    return found


@pytest.fixture(
    params=[
        pytest.param(name, marks=pytest.mark.xdist_group(name))
        for name in ("wordpress", "mediawiki", "bluesky", "mastodon")
    ]
)
def site(
    request: pytest.FixtureRequest,
    cardiology: Unit,
    author: Person,
    moderator: Person,
) -> Site:
    """Cardiology's account there, with its sign-in in the vault."""
    server = request.getfixturevalue(request.param)
    connection = _connection(request.param, server)
    made = account(
        cardiology, author, moderator, request.param, connection.base_url, "microblog"
    )
    vault.store(author.actor, made, "username", connection.username)
    vault.store(author.actor, made, "secret", connection.secret)
    return Site(channels.get(request.param), made, connection, server)


def send_all() -> None:
    """Let the worker send whatever is due."""
    while claimed := claim():
        deliver(claimed)


@pytest.fixture
def send(newsroom: Newsroom) -> Callable[[Draft], Publication]:
    def sent(draft: Draft) -> Publication:
        (row,) = newsroom.queue(draft)
        send_all()
        row.refresh_from_db()
        draft.refresh_from_db()
        assert (row.state, row.problem) == ("published", "")
        return row

    return sent


@pytest.mark.clause(
    "ETHICS-05", "ETHICS-06", "ETHICS-07", by="wardline.publishing.post"
)
def test_published_corrected_twice_and_withdrawn(
    site: Site,
    newsroom: Newsroom,
    write: Callable[..., Draft],
    send: Callable[[Draft], Publication],
) -> None:
    post = write(TEXT, "Flu shots", accounts=[site.account])
    rows = [send(post)]
    for text, reason in ((RIGHT, "Wrong day."), (LATER, "Wrong place.")):
        rows.append(send(newsroom.fix(post, text, reason)))
        _shows(site, rows, corrections_url(post.public_id), reason)
    post.refresh_from_db()
    assert post.state == "corrected"
    withdraw(newsroom.author.actor, post, reason="The clinic is closed.")
    send_all()
    removals = Publication.objects.filter(action="withdraw")
    assert {row.remote_id for row in removals} == {row.remote_id for row in rows}
    assert {row.state for row in removals} == {"published"}
    assert {site.read(row).state for row in rows} <= {"gone", "hidden"}


def _shows(site: Site, rows: list[Publication], page: str, reason: str) -> None:
    """The newest correction is there, in the way that its channel has."""
    can = site.channel.capabilities
    shown = site.read(rows[-1])
    assert shown.state == "public"
    assert not [sign for sign in shown.html if unicodedata.combining(sign)]
    assert all(words in shown.html for words in ("Correction", reason, page))
    if can.html:
        assert "<del>" in shown.html
        assert "Tuesday" in shown.html
    assert (len({row.remote_id for row in rows}) == 1) is can.edit
    if not can.edit:
        assert "Tuesday" in site.read(rows[0]).html


def test_a_reply_is_corrected_and_then_taken_back(
    site: Site,
    newsroom: Newsroom,
    write: Callable[..., Draft],
    send: Callable[[Draft], Publication],
) -> None:
    post = send(write(TEXT, "Flu shots", accounts=[site.account]))
    reply = start_reply(
        newsroom.author.actor,
        site.account,
        comment_id=site.comment(post),
        text="On Tuesday.",
    )
    rows = [send(reply)]
    assert "On Tuesday." in site.answers(rows)[0].text
    site.let_time_pass(rows[0])
    rows.append(send(newsroom.fix(reply, "On Thursday.")))
    newest = site.answers(rows)[-1].text
    assert "Correction: The day was wrong." in newest
    assert "On Thursday." in newest
    reply.refresh_from_db()
    withdraw(newsroom.author.actor, reply, reason="We do not know yet.")
    send_all()
    assert {each.state for each in site.answers(rows)} <= {"hidden"}
    assert site.read(post).state == "public"


def test_by_hand_a_person_edits_and_takes_down_what_the_page_asks_for(
    page_by_hand: Account, newsroom: Newsroom, write: Callable[..., Draft]
) -> None:
    address = "https://network.example/cardiology/posts/7"
    post = write(TEXT, accounts=[page_by_hand])
    for draft in _one_by_one(newsroom, post):
        (row,) = newsroom.queue(draft)
        _by_hand(newsroom, row, address)
    post.refresh_from_db()
    withdraw(newsroom.author.actor, post, reason="The clinic is closed.")
    (removal,) = Publication.objects.filter(action="withdraw")
    _by_hand(newsroom, removal, address)
    assert removal.remote_url == address


def test_by_hand_where_nothing_can_be_edited_the_reply_is_taken_down_too(
    cardiology: Unit,
    author: Person,
    moderator: Person,
    newsroom: Newsroom,
    write: Callable[..., Draft],
) -> None:
    profile = "https://x.com/massheart"
    place = account(cardiology, author, moderator, "by_hand", profile, "microblog")
    post = write(TEXT, accounts=[place])
    for number, draft in enumerate(_one_by_one(newsroom, post)):
        (row,) = newsroom.queue(draft)
        _by_hand(newsroom, row, f"{profile}/status/{number}")
    post.refresh_from_db()
    withdraw(author.actor, post, reason="The clinic is closed.")
    removals = Publication.objects.filter(action="withdraw")
    assert {row.remote_url for row in removals} == {
        f"{profile}/status/0",
        f"{profile}/status/1",
    }


def _one_by_one(newsroom: Newsroom, post: Draft) -> Iterator[Draft]:
    yield post
    post.refresh_from_db()
    yield newsroom.fix(post, RIGHT)


def _by_hand(newsroom: Newsroom, row: Publication, address: str) -> None:
    send_all()
    row.refresh_from_db()
    assert row.state == "by-hand"
    record_posted(newsroom.author.actor, row, url=address)
    assert row.state == "published"
