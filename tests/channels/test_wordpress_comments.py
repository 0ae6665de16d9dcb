"""Comments and pictures at WordPress as it is: who may do what, and what goes with it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
import requests

from tests.channels.contract import picture
from tests.servers.wordpress import WordPressServer
from wardline import channels
from wardline.channels import ChannelError, Post, Remote

pytestmark = pytest.mark.xdist_group("wordpress")
channel = channels.get("wordpress")


@pytest.fixture
def post() -> Post:
    return Post(f"parking-{uuid4().hex}", "Parking", "Free.", "<p>Free.</p>")


@pytest.fixture
def theirs(wordpress: WordPressServer) -> Remote:
    """A post of somebody else at the same site."""
    item = wordpress.call("POST", "posts", title="Theirs", status="publish")
    return Remote(str(item["id"]), item["link"])


def test_comments_under_posts_of_others_are_not_listed(
    wordpress: WordPressServer, theirs: Remote
) -> None:
    written = wordpress.comment(theirs, f"Not for the hospital {uuid4().hex}")
    listed = channel.comments(wordpress.connection, "").items
    assert written not in {each.id for each in listed}


def test_under_posts_of_others_it_takes_an_editor(
    wordpress: WordPressServer, theirs: Remote
) -> None:
    written = wordpress.comment(theirs, f"Leave this here {uuid4().hex}")
    for attempt in (channel.hide, channel.show, channel.delete):
        with pytest.raises(ChannelError, match="role Editor") as caught:
            attempt(wordpress.connection, written)
        assert caught.value.permanent


def test_a_comment_let_through_late_comes_after_later_ones(
    wordpress: WordPressServer, post: Post
) -> None:
    remote = channel.publish(wordpress.connection, post)
    late = wordpress.comment(remote, f"Held for long {uuid4().hex}")
    wordpress.call("POST", f"comments/{late}", status="hold")
    wordpress.comment(remote, f"Let through at once {uuid4().hex}")
    read = channel.comments(wordpress.connection, "")
    wordpress.call("POST", f"comments/{late}", status="approved")
    again = channel.comments(wordpress.connection, read.cursor).items
    assert {each.id: each.state for each in again}[late] == "public"


def test_an_answer_too_soon_after_another_waits(
    wordpress: WordPressServer, post: Post
) -> None:
    connection = wordpress.newcomer()
    remote = channel.publish(connection, post)
    asked = wordpress.comment(remote, f"Two questions {uuid4().hex}")
    answer = replace(post, key=f"answer-{uuid4().hex}")
    channel.reply(connection, asked, answer)
    another = replace(post, key=f"answer-{uuid4().hex}", text="And one thing more.")
    with pytest.raises(ChannelError, match="slow down") as caught:
        channel.reply(connection, asked, another)
    assert not caught.value.permanent
    assert not caught.value.unknown_outcome
    assert caught.value.retry_after == 15


def test_an_answer_that_was_hidden_at_the_site_is_not_sent_again(
    wordpress: WordPressServer, post: Post
) -> None:
    connection = wordpress.newcomer()
    remote = channel.publish(connection, post)
    asked = wordpress.comment(remote, f"A question {uuid4().hex}")
    answer = replace(post, key=f"answer-{uuid4().hex}")
    sent = channel.reply(connection, asked, answer)
    wordpress.call("POST", f"comments/{sent.id}", status="hold")
    with pytest.raises(ChannelError, match="does not show it") as caught:
        channel.reply(connection, asked, answer)
    assert caught.value.permanent
    assert len(wordpress.call("GET", "comments", parent=asked, status="all")) == 1


def test_a_comment_that_is_gone_cannot_be_answered(
    wordpress: WordPressServer, post: Post
) -> None:
    with pytest.raises(ChannelError, match="no longer in WordPress") as caught:
        channel.reply(wordpress.connection, "999999", post)
    assert caught.value.permanent


@pytest.mark.parametrize("number", ["", "../users/me", "1?force=true", "1/../../x"])
def test_what_is_no_comments_number_leads_nowhere(
    wordpress: WordPressServer, post: Post, number: str
) -> None:
    attempts: tuple[Callable[[], object], ...] = (
        lambda: channel.reply(wordpress.connection, number, post),
        lambda: channel.hide(wordpress.connection, number),
        lambda: channel.delete(wordpress.connection, number),
    )
    for attempt in attempts:
        with pytest.raises(ChannelError, match="no comment's number"):
            attempt()


def test_a_correction_takes_away_the_picture_that_it_no_longer_shows(
    wordpress: WordPressServer, post: Post
) -> None:
    teal, navy = picture("teal"), picture("navy")
    remote = channel.publish(wordpress.connection, replace(post, media=(teal, navy)))
    old = wordpress.call("GET", "media", parent=remote.id)
    corrected = replace(post, key=f"correction-{uuid4().hex}", media=(navy,))
    channel.correct(wordpress.connection, remote.id, corrected)
    assert channel.read(wordpress.connection, remote.id).alts == (navy.alt,)
    left = wordpress.call("GET", "media", parent=remote.id)
    assert [each["id"] for each in left] == [min(each["id"] for each in old) + 1]


def test_a_withdrawn_post_leaves_no_picture_at_its_address(
    wordpress: WordPressServer, post: Post
) -> None:
    shown = replace(post, media=(picture(),))
    remote = channel.publish(wordpress.connection, shown)
    (file,) = wordpress.call("GET", "media", parent=remote.id)
    assert requests.get(file["source_url"], timeout=30).ok
    channel.withdraw(wordpress.connection, remote.id)
    assert requests.get(file["source_url"], timeout=30).status_code == 404


def test_a_file_that_is_no_picture_is_refused_for_good(
    wordpress: WordPressServer, post: Post
) -> None:
    broken = replace(picture(), content=b"no picture")
    with pytest.raises(ChannelError, match="not allowed to upload") as caught:
        channel.publish(wordpress.connection, replace(post, media=(broken,)))
    assert caught.value.permanent
    assert wordpress.public(post.key) == []


def test_words_for_a_picture_are_shown_as_written(
    wordpress: WordPressServer, post: Post
) -> None:
    shown = replace(picture(), alt='A [wall] of "teal" & <b>navy</b>')
    remote = channel.publish(wordpress.connection, replace(post, media=(shown,)))
    assert channel.read(wordpress.connection, remote.id).alts == (shown.alt,)
