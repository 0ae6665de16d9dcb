"""A real WordPress behind a bad line: at most one public post, whatever is lost."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
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
from tests.servers.wordpress import WordPressServer
from wardline.channels import ChannelError, Connection, Post, Remote
from wardline.channels.http import Http
from wardline.channels.wordpress import WordPress

pytestmark = pytest.mark.xdist_group("wordpress")

# What publishing asks of WordPress, in this order.
LOOK, CREATE, LOOK_AGAIN, SHOW = STEPS = (1, 2, 3, 4)
WRITES = {CREATE, SHOW}


@pytest.fixture
def flaky(wordpress: WordPressServer) -> Iterator[Flaky]:
    with Flaky(wordpress.url) as proxy:
        yield proxy


@pytest.fixture
def connection(wordpress: WordPressServer, flaky: Flaky) -> Connection:
    return replace(wordpress.connection, base_url=flaky.url)


@pytest.fixture
def post() -> Post:
    return Post(
        f"visiting-hours-{uuid4().hex}", "Visiting hours", "x", "<p>From 9.</p>"
    )


def deliver(connection: Connection, post: Post) -> Remote:
    """As the delivery step does it: look first, then publish."""
    channel = WordPress()
    return channel.find(connection, post.key) or channel.publish(connection, post)


def test_without_a_fault_publishing_takes_these_steps(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    remote = WordPress().publish(connection, post)
    assert [line.split("?")[0] for line in flaky.seen] == [
        "GET /wp-json/wp/v2/posts",
        "POST /wp-json/wp/v2/posts",
        "GET /wp-json/wp/v2/posts",
        f"PUT /wp-json/wp/v2/posts/{remote.id}",
    ]


@pytest.mark.parametrize(
    "case", list(product(STEPS, [refused, lost, failed, cut_short]))
)
def test_an_answer_lost_at_any_step_leaves_one_public_post(
    wordpress: WordPressServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    case: tuple[int, Fault],
) -> None:
    step, fault = case
    flaky.faults[step] = fault
    with pytest.raises(ChannelError) as caught:
        WordPress().publish(connection, post)
    assert not caught.value.permanent
    assert caught.value.unknown_outcome is (step in WRITES)
    remote = deliver(connection, post)
    assert [str(item["id"]) for item in wordpress.posts(post.key)] == [remote.id]
    assert len(wordpress.public(post.key)) == 1


def test_a_lost_answer_to_the_last_step_is_found_without_publishing_again(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.faults[SHOW] = lost
    with pytest.raises(ChannelError):
        WordPress().publish(connection, post)
    flaky.seen.clear()
    assert WordPress().find(connection, post.key)
    assert [line.split(" ")[0] for line in flaky.seen] == ["GET"]


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_overtaken_at_any_step_adopts_the_other_ones_post(
    wordpress: WordPressServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    step: int,
) -> None:
    others: list[Remote] = []

    def overtaken(forward: Forward, send: Send) -> None:
        others.append(WordPress().publish(wordpress.connection, post))
        send(forward())

    flaky.faults[step] = overtaken
    remote = WordPress().publish(connection, post)
    assert [each.id for each in others] == [remote.id]
    assert len(wordpress.posts(post.key)) == 1


def test_a_create_that_arrives_after_the_next_try_stays_invisible(
    wordpress: WordPressServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    def late(forward: Forward, _send: Send) -> None:
        WordPress().publish(wordpress.connection, post)
        forward()

    flaky.faults[CREATE] = late
    with pytest.raises(ChannelError) as caught:
        WordPress().publish(connection, post)
    assert caught.value.unknown_outcome
    assert len(wordpress.public(post.key)) == 1
    deliver(connection, post)
    assert len(wordpress.public(post.key)) == 1


@pytest.mark.parametrize("fault", [lost, failed])
def test_a_correction_or_withdrawal_with_a_lost_answer_may_be_repeated(
    wordpress: WordPressServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    fault: Fault,
) -> None:
    remote = WordPress().publish(connection, post)
    corrected = replace(post, html="<p>From 10.</p>")
    look_for_pictures = 1
    change = 4 + look_for_pictures + 1
    flaky.faults = {change: fault, change + look_for_pictures + 2: fault}
    with pytest.raises(ChannelError) as caught:
        WordPress().correct(connection, remote.id, corrected)
    assert caught.value.unknown_outcome
    assert WordPress().correct(connection, remote.id, corrected) == remote
    with pytest.raises(ChannelError) as caught:
        WordPress().withdraw(connection, remote.id)
    assert caught.value.unknown_outcome
    WordPress().withdraw(connection, remote.id)
    assert wordpress.public(post.key) == []


def test_a_picture_whose_answer_was_lost_is_uploaded_once(
    wordpress: WordPressServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    post = replace(post, media=(picture(),))
    flaky.faults[LOOK_AGAIN + 2] = lost
    with pytest.raises(ChannelError):
        WordPress().publish(connection, post)
    assert wordpress.public(post.key) == []
    remote = deliver(connection, post)
    assert len(wordpress.call("GET", "media", parent=remote.id)) == 1
    assert WordPress().read(connection, remote.id).alts == (picture().alt,)


def test_a_reply_whose_answer_was_lost_is_sent_once(
    wordpress: WordPressServer, flaky: Flaky, post: Post
) -> None:
    connection = replace(wordpress.newcomer(), base_url=flaky.url)
    remote = WordPress().publish(replace(connection, base_url=wordpress.url), post)
    asked = wordpress.comment(remote, "Is it 3x4 m?")
    answer = replace(post, key=f"answer-{uuid4().hex}", text='It\'s "3x4" :D (tm)')
    who_asked_who_we_are_what_is_there = 3
    flaky.faults[who_asked_who_we_are_what_is_there + 1] = lost
    with pytest.raises(ChannelError) as caught:
        WordPress().reply(connection, asked, answer)
    assert caught.value.unknown_outcome
    sent = WordPress().reply(connection, asked, answer)
    ours = wordpress.call("GET", "comments", parent=asked)
    assert [str(each["id"]) for each in ours] == [sent.id]


@pytest.mark.parametrize("manner", ["silent", "drip"])
def test_a_slow_site_ends_at_the_deadline_with_the_outcome_unknown(
    wordpress: WordPressServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    manner: str,
) -> None:
    flaky.faults[SHOW] = getattr(flaky, manner)
    channel = WordPress(Http(["127.0.0.1"], deadline=1.5))
    with pytest.raises(ChannelError, match="too long to answer") as caught:
        channel.publish(connection, post)
    assert caught.value.unknown_outcome
    assert not caught.value.permanent
    flaky.faults.clear()
    deliver(connection, post)
    assert len(wordpress.posts(post.key)) == 1


def test_a_site_that_is_down_got_nothing(
    wordpress: WordPressServer, connection: Connection, flaky: Flaky, post: Post
) -> None:
    flaky.__exit__(None, None, None)
    with pytest.raises(ChannelError, match="could not be reached") as caught:
        WordPress().publish(connection, post)
    assert not caught.value.permanent
    assert not caught.value.unknown_outcome
    assert wordpress.posts(post.key) == []


@pytest.mark.parametrize("step", [LOOK, CREATE])
def test_an_error_page_in_place_of_data_is_said_to_be_one(
    flaky: Flaky, connection: Connection, post: Post, step: int
) -> None:
    flaky.faults[step] = says(200, b"<html>Just a moment</html>")
    if step == CREATE:
        flaky.faults[LOOK_AGAIN] = says(200, b"[" * 1_000_000)
    with pytest.raises(ChannelError, match="other than the expected data"):
        WordPress().publish(connection, post)


def test_a_site_that_hides_its_drafts_from_us_is_not_filled_with_them(
    wordpress: WordPressServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.faults = {LOOK: says(200, b"[]"), LOOK_AGAIN: says(200, b"[]")}
    with pytest.raises(ChannelError, match="plugin changes short names") as caught:
        WordPress().publish(connection, post)
    assert caught.value.permanent
    assert wordpress.public(post.key) == []


def test_a_redirect_is_not_followed_with_the_password(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.fault = says(301, Location="https://www.example.org/wp-json/wp/v2/posts")
    with pytest.raises(ChannelError, match=r"https://www\.example\.org\.") as caught:
        WordPress().publish(connection, post)
    assert caught.value.permanent
    assert len(flaky.seen) == 1


def test_a_missing_post_is_only_believed_in_wordpress_own_words(
    flaky: Flaky, connection: Connection
) -> None:
    flaky.fault = says(404, b"<html>Not found</html>")
    with pytest.raises(ChannelError, match="no WordPress REST API"):
        WordPress().withdraw(connection, "1")


def test_a_link_that_is_no_web_address_is_not_passed_on(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    item = b'[{"id": 7, "status": "publish", "link": "javascript:alert(1)"}]'
    flaky.fault = says(200, item)
    assert WordPress().find(connection, post.key) == Remote("7", f"{flaky.url}/?p=7")
