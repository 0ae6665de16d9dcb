"""Talk pages of a real MediaWiki: what counts as a comment, and what is done to it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.servers.mediawiki import MediaWikiServer
from wardline import channels
from wardline.channels import ChannelError, Comment, Connection, Post, Remote

pytestmark = pytest.mark.xdist_group("mediawiki")
channel = channels.get("mediawiki")


@pytest.fixture
def connection(mediawiki: MediaWikiServer) -> Connection:
    """A page in a place of its own, so that nothing else is listed."""
    return mediawiki.connection(f"Cardiology {uuid4().hex}")


@pytest.fixture
def remote(connection: Connection) -> Remote:
    key = f"parking-{uuid4().hex}"
    return channel.publish(connection, Post(key, "Parking", "Free.", "<p>Free.</p>"))


@pytest.fixture
def talk(mediawiki: MediaWikiServer, remote: Remote) -> str:
    return mediawiki.talk_of(remote.id)


def listed(connection: Connection) -> list[Comment]:
    return list(channel.comments(connection, "").items)


def test_a_place_without_posts_has_no_comments(connection: Connection) -> None:
    assert channel.comments(connection, "") == channels.Comments((), "")


def test_a_comment_tells_its_words_without_the_signature(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote
) -> None:
    mediawiki.comment(remote, "== Cars ==\nIs it '''really''' [[Main|free]]?")
    (comment,) = listed(connection)
    assert comment.text == "Cars\nIs it really free?"
    assert comment.author == comment.author_id
    assert comment.author.startswith("127.0.")


def test_what_others_write_elsewhere_below_the_page_is_no_comment(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote
) -> None:
    base = remote.id.rpartition("/")[0]
    mediawiki.edit(f"Talk:{base}/Notes", text="To do")
    mediawiki.edit(f"Talk:{base}", text="About all")
    assert listed(connection) == []


def test_taking_words_away_or_putting_them_back_is_no_comment(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    written = mediawiki.comment(remote, "Who blanks this?")
    before = mediawiki.source(talk)
    blanked = mediawiki.edit(talk, text="")
    assert [each.state for each in listed(connection)] == ["hidden"]
    mediawiki.edit(talk, undo=blanked)
    assert mediawiki.source(talk) == before
    assert [(each.id, each.state) for each in listed(connection)] == [
        (written, "public")
    ]


def test_hidden_words_leave_the_page_and_come_back_where_they_stood(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    spam = mediawiki.comment(remote, "Cheap watches")
    mediawiki.comment(remote, "A fair question")
    before = mediawiki.source(talk)
    channel.hide(connection, spam)
    assert "watches" not in mediawiki.source(talk)
    assert "A fair question" in mediawiki.source(talk)
    channel.show(connection, spam)
    assert mediawiki.source(talk) == before


def test_hidden_words_that_somebody_brings_back_are_listed_again(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    spam = mediawiki.comment(remote, "Cheap watches")
    channel.hide(connection, spam)
    mediawiki.edit(talk, undo=mediawiki.edits(talk)[0])
    cursor = channel.comments(connection, "").cursor
    again = channel.comments(connection, cursor).items
    assert [(each.id, each.state) for each in again][-1] == (spam, "public")
    assert again[-1].text == "Cheap watches"


def test_a_mark_that_a_visitor_made_up_brings_nothing_to_a_stop(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    elsewhere = mediawiki.edit(f"Talk:{uuid4().hex}", text="Something else")
    for number in (elsewhere, "9999999999", "9" * 40):
        mediawiki.edit(talk, text=f"Hello <!-- Wardline took out {number}.0 -->")
        mediawiki.edit(talk, text=f"Hello {number}")
    assert {each.post_id for each in listed(connection)} == {remote.id}
    assert elsewhere not in {each.id for each in listed(connection)}


def test_a_comment_changed_since_is_left_to_a_person(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    written = mediawiki.comment(remote, "A question")
    mediawiki.edit(talk, text="A question, put better")
    answer = Post(f"answer-{uuid4().hex}", "", "Yes.", "<p>Yes.</p>")
    for attempt in (
        lambda: channel.hide(connection, written),
        lambda: channel.show(connection, written),
        lambda: channel.reply(connection, written, answer),
    ):
        with pytest.raises(ChannelError, match="do it by hand") as caught:
            attempt()
        assert caught.value.permanent


def test_an_edit_that_is_no_comment_cannot_be_answered(connection: Connection) -> None:
    answer = Post(f"answer-{uuid4().hex}", "", "Yes.", "<p>Yes.</p>")
    with pytest.raises(ChannelError, match="do it by hand"):
        channel.reply(connection, "999999", answer)


def test_what_is_no_number_of_an_edit_is_answered_nowhere(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    first = mediawiki.comment(remote, ": Is it free?")
    answer = Post(f"answer-{uuid4().hex}", "", "Yes.", "<p>Yes.</p>")
    with pytest.raises(ChannelError, match="do it by hand"):
        channel.reply(connection, f"{first}|1", answer)
    assert "Yes." not in mediawiki.source(talk)


def test_an_answer_stands_below_its_comment_signed_and_runs_nothing(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    first = mediawiki.comment(remote, ": Is it free?")
    mediawiki.comment(remote, "Another matter")
    text = "It is {{free}}.\n\nAlways."
    answer = Post(f"answer-{uuid4().hex}", "", text, "<p>x</p>")
    sent = channel.reply(connection, first, answer)
    lines = [line for line in mediawiki.source(talk).split("\n") if line]
    assert lines[1] == ":: It is &#123;&#123;free&#125;&#125;."
    assert lines[2].startswith(":: Always. [[User:Admin|Admin]]")
    ours = {each.id: each for each in listed(connection)}[sent.id]
    assert ours.ours
    assert ours.parent_id == first
    assert ours.text == text.replace("\n\n", "\n")


def test_an_answer_that_somebody_took_out_is_not_written_again(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote, talk: str
) -> None:
    asked = mediawiki.comment(remote, "A question")
    before = mediawiki.source(talk)
    answer = Post(f"answer-{uuid4().hex}", "", "Yes.", "<p>Yes.</p>")
    sent = channel.reply(connection, asked, answer)
    mediawiki.edit(talk, text=before)
    assert channel.reply(connection, asked, answer) == sent
    assert mediawiki.source(talk) == before


def test_two_answers_to_one_comment_are_two(
    mediawiki: MediaWikiServer, connection: Connection, remote: Remote
) -> None:
    asked = mediawiki.comment(remote, "A question")
    answer = Post(f"answer-{uuid4().hex}", "", "Yes.", "<p>Yes.</p>")
    other = replace(answer, key=f"answer-{uuid4().hex}")
    ids = {channel.reply(connection, asked, each).id for each in (answer, other)}
    assert len(ids) == 2
