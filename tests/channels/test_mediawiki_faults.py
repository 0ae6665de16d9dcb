"""A real MediaWiki behind a bad line: at most one page, and one answer, for one key."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.channels.contract import picture
from tests.servers.flaky import (
    Fault,
    Flaky,
    Forward,
    Send,
    cut_short,
    failed,
    lost,
    refused,
    says,
)
from tests.servers.mediawiki import MediaWikiServer
from wardline import channels
from wardline.channels import ChannelError, Connection, Post, Remote

pytestmark = pytest.mark.xdist_group("mediawiki")
channel = channels.get("mediawiki")

# What publishing asks: the page, where pages are, sign-in in three, then these.
LOOK, CREATE, LOOK_AGAIN = 6, 7, 8


@pytest.fixture
def flaky(mediawiki: MediaWikiServer) -> Iterator[Flaky]:
    with Flaky(mediawiki.url, renames=True) as proxy:
        yield proxy


@pytest.fixture
def connection(mediawiki: MediaWikiServer, flaky: Flaky) -> Connection:
    direct = mediawiki.connection("User:Admin")
    return replace(direct, base_url=f"{flaky.url}/index.php/User:Admin")


@pytest.fixture
def post() -> Post:
    key = f"visiting-hours-{uuid4().hex}"
    return Post(key, "Visiting hours", "From 9.", "<p>From 9.</p>")


def deliver(connection: Connection, post: Post) -> Remote:
    """As the delivery step does it: look first, then publish."""
    return channel.find(connection, post.key) or channel.publish(connection, post)


def test_without_a_fault_publishing_takes_these_steps(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    channel.publish(connection, post)
    methods = [line.partition(" ")[0] for line in flaky.seen]
    assert methods == ["GET", "GET", "GET", "POST", "GET", "GET", "POST", "GET"]


@pytest.mark.parametrize("step", [LOOK, CREATE, LOOK_AGAIN])
@pytest.mark.parametrize("fault", [refused, lost, failed, cut_short])
def test_an_answer_lost_at_any_step_leaves_one_page_with_one_edit(
    mediawiki: MediaWikiServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    step: int,
    fault: Fault,
) -> None:
    flaky.faults[step] = fault
    with pytest.raises(ChannelError) as caught:
        channel.publish(connection, post)
    assert not caught.value.permanent
    assert caught.value.unknown_outcome is (step != LOOK)
    remote = deliver(connection, post)
    assert len(mediawiki.edits(remote.id)) == 1


def test_an_answer_lost_while_signing_in_leaves_nothing_in_doubt(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.faults[4] = lost
    with pytest.raises(ChannelError) as caught:
        channel.publish(connection, post)
    assert not caught.value.unknown_outcome


@pytest.mark.parametrize("step", [LOOK, CREATE])
def test_a_worker_overtaken_at_any_step_adopts_the_other_ones_page(
    mediawiki: MediaWikiServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    step: int,
) -> None:
    def overtaken(forward: Forward, send: Send) -> None:
        channel.publish(mediawiki.connection("User:Admin"), post)
        send(forward())

    flaky.faults[step] = overtaken
    remote = channel.publish(connection, post)
    assert len(mediawiki.edits(remote.id)) == 1


def test_a_create_that_arrives_after_a_withdrawal_brings_nothing_back(
    mediawiki: MediaWikiServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    direct = mediawiki.connection("User:Admin")

    def late(forward: Forward, send: Send) -> None:
        channel.withdraw(direct, channel.publish(direct, post).id)
        send(forward())

    flaky.faults[CREATE] = late
    with pytest.raises(ChannelError):
        channel.publish(connection, post)
    with pytest.raises(ChannelError, match="deleted or emptied"):
        channel.find(direct, post.key)


def test_a_picture_whose_answer_was_lost_is_uploaded_once(
    mediawiki: MediaWikiServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    post = replace(post, media=(picture(),))
    flaky.faults[CREATE] = lost  # the upload comes first
    with pytest.raises(ChannelError):
        channel.publish(connection, post)
    remote = deliver(connection, post)
    assert len(mediawiki.files(remote.id)) == 1
    assert channel.read(connection, remote.id).alts == (picture().alt,)


def test_a_reply_whose_answer_was_lost_is_written_once(
    mediawiki: MediaWikiServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    remote = channel.publish(mediawiki.connection("User:Admin"), post)
    asked = mediawiki.comment(remote, "Until when?")
    answer = replace(post, key=f"answer-{uuid4().hex}", text="Until 5.")
    the_edit = 5 + 4
    flaky.faults[the_edit] = lost
    with pytest.raises(ChannelError) as caught:
        channel.reply(connection, asked, answer)
    assert caught.value.unknown_outcome
    sent = channel.reply(connection, asked, answer)
    assert mediawiki.edits(mediawiki.talk_of(remote.id)) == [sent.id, asked]


@pytest.mark.parametrize(
    ("code", "permanent", "pause"),
    [
        (b"ratelimited", False, 60),
        (b"readonly", False, 60),
        (b"internal_api_error_X", False, None),
        (b"blocked", True, None),
    ],
)
def test_what_the_wiki_says_of_an_edit_is_obeyed(
    flaky: Flaky,
    connection: Connection,
    post: Post,
    code: bytes,
    permanent: bool,  # noqa: FBT001 -- a case
    pause: float | None,
) -> None:
    flaky.faults[CREATE] = says(200, b'{"error": {"code": "%s", "info": "x"}}' % code)
    with pytest.raises(ChannelError) as caught:
        channel.publish(connection, post)
    assert caught.value.permanent is permanent
    assert caught.value.retry_after == pause
    assert caught.value.unknown_outcome is code.startswith(b"internal")


def test_a_user_who_may_not_make_pages_is_told_at_sign_in(
    flaky: Flaky, connection: Connection
) -> None:
    flaky.faults[LOOK] = says(200, b'{"query": {"userinfo": {"id": 1, "name": "A"}}}')
    with pytest.raises(ChannelError, match="may not create pages") as caught:
        channel.check(connection)
    assert caught.value.permanent


def test_an_api_that_is_switched_off_is_said_to_be(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.faults[LOOK] = says(403, b"no")
    with pytest.raises(ChannelError, match="switched off") as caught:
        channel.publish(connection, post)
    assert caught.value.permanent


def test_a_correction_between_the_edits_of_others_is_made_on_the_latest(
    mediawiki: MediaWikiServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    remote = channel.publish(mediawiki.connection("User:Admin"), post)

    def overtaken(forward: Forward, send: Send) -> None:
        mediawiki.edit(remote.id, prependtext="Not ours. ")
        send(forward())

    flaky.faults[CREATE] = overtaken
    corrected = replace(post, html="<p>From 10.</p>")
    channel.correct(connection, remote.id, corrected)
    assert mediawiki.source(remote.id) == "== Visiting hours ==\n\nFrom 10."


def test_a_page_that_others_edit_all_the_time_is_tried_again_later(
    mediawiki: MediaWikiServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    remote = channel.publish(mediawiki.connection("User:Admin"), post)
    conflict = says(200, b'{"error": {"code": "editconflict", "info": "x"}}')
    flaky.faults = dict.fromkeys((7, 9, 11), conflict)
    with pytest.raises(ChannelError, match="tried again") as caught:
        channel.correct(connection, remote.id, post)
    assert not caught.value.permanent
