"""A real PDS behind a bad line: at most one post a key, whatever is lost."""

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tests.channels.contract import picture
from tests.servers.bluesky import BlueskyServer
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
from wardline.channels import ChannelError, Connection, Post, Remote
from wardline.channels.bluesky import Bluesky
from wardline.channels.http import Http

pytestmark = pytest.mark.xdist_group("bluesky")
# What publishing asks of the server, in this order.
SIGN_IN, LOOK, WRITE = STEPS = (1, 2, 3)


@pytest.fixture
def flaky(bluesky: BlueskyServer) -> Iterator[Flaky]:
    with Flaky(bluesky.url) as proxy:
        yield proxy


@pytest.fixture
def connection(bluesky: BlueskyServer, flaky: Flaky) -> Connection:
    return replace(bluesky, url=flaky.url).connection(bluesky.official)


@pytest.fixture
def post() -> Post:
    unique = uuid.uuid4().hex
    return Post(f"visiting-hours-{unique}", "", f"From 9. {unique}", "")


def said(server: BlueskyServer, text: str) -> int:
    """How many posts say this."""
    return sum(one["text"] == text for one in server.records(server.official).values())


def deliver(connection: Connection, post: Post) -> Remote:
    """As the delivery step does it: look first, then publish."""
    channel = Bluesky()
    return channel.find(connection, post.key) or channel.publish(connection, post)


def refuses(error: str, status: int = 400) -> Fault:
    return says(status, json.dumps({"error": error, "message": "No."}).encode())


def asked(flaky: Flaky) -> list[str]:
    return [line.split("?")[0].rpartition(".")[2] for line in flaky.seen]


def test_without_a_fault_publishing_takes_these_steps(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    Bluesky().publish(connection, post)
    assert asked(flaky) == ["createSession", "getRecord", "putRecord"]


@pytest.mark.parametrize(
    "case", list(product(STEPS, [refused, lost, failed, cut_short]))
)
def test_an_answer_lost_at_any_step_leaves_one_post(
    bluesky: BlueskyServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    case: tuple[int, Fault],
) -> None:
    step, fault = case
    flaky.faults[step] = fault
    with pytest.raises(ChannelError) as caught:
        Bluesky().publish(connection, post)
    assert not caught.value.permanent
    assert caught.value.unknown_outcome is (step == WRITE)
    deliver(connection, post)
    assert said(bluesky, post.text) == 1


def test_publish_retried_after_a_time_out_posts_once(
    bluesky: BlueskyServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.faults[WRITE] = flaky.silent
    with pytest.raises(ChannelError, match="too long to answer") as caught:
        Bluesky(Http(["127.0.0.1"], deadline=1.5)).publish(connection, post)
    assert caught.value.unknown_outcome
    assert not caught.value.permanent
    Bluesky().publish(connection, post)
    assert said(bluesky, post.text) == 1


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_overtaken_at_any_step_adopts_the_other_ones_post(
    bluesky: BlueskyServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    step: int,
) -> None:
    others: list[Remote] = []
    straight = bluesky.connection(bluesky.official)

    def overtaken(forward: Forward, send: Send) -> None:
        others.append(Bluesky().publish(straight, post))
        send(forward())

    flaky.faults[step] = overtaken
    assert [Bluesky().publish(connection, post)] == others
    assert said(bluesky, post.text) == 1


@pytest.mark.parametrize("fault", [lost, failed])
def test_a_correction_with_a_lost_answer_is_one_reply(
    bluesky: BlueskyServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    fault: Fault,
) -> None:
    remote = Bluesky().publish(connection, post)
    unique = uuid.uuid4().hex
    correction = Post(f"correction-{unique}", "", f"Correction: 10. {unique}", "")
    flaky.faults[6] = fault  # after two looks
    with pytest.raises(ChannelError) as caught:
        Bluesky().correct(connection, remote.id, correction)
    assert caught.value.unknown_outcome
    Bluesky().correct(connection, remote.id, correction)
    assert said(bluesky, correction.text) == 1


def test_a_correction_that_is_out_is_found_though_the_post_is_gone(
    connection: Connection, post: Post
) -> None:
    remote = Bluesky().publish(connection, post)
    correction = Post(f"correction-{uuid.uuid4().hex}", "", "Correction: 10.", "")
    reply = Bluesky().correct(connection, remote.id, correction)
    Bluesky().withdraw(connection, remote.id)
    assert Bluesky().correct(connection, remote.id, correction) == reply


def test_a_picture_lost_on_the_way_leaves_nothing_in_doubt(
    bluesky: BlueskyServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.faults[3] = lost
    pictured = replace(post, media=(picture(),))
    with pytest.raises(ChannelError) as caught:
        Bluesky().publish(connection, pictured)
    assert not caught.value.unknown_outcome
    deliver(connection, pictured)
    assert said(bluesky, post.text) == 1


def test_one_sign_in_serves_many_calls_and_only_the_password_that_made_it(
    flaky: Flaky, connection: Connection
) -> None:
    for _ in range(3):
        Bluesky().check(connection)
    assert asked(flaky) == ["createSession"]
    with pytest.raises(ChannelError, match="refused the app password"):
        Bluesky().check(replace(connection, secret="wrong"))
    Bluesky().check(connection)
    assert asked(flaky) == ["createSession"] * 2


@pytest.mark.parametrize("error", ["ExpiredToken", "InvalidToken"])
def test_a_sign_in_that_ran_out_is_renewed_and_the_post_sent_once(
    bluesky: BlueskyServer,
    flaky: Flaky,
    connection: Connection,
    post: Post,
    error: str,
) -> None:
    Bluesky().check(connection)
    flaky.faults[3] = refuses(error)
    Bluesky().publish(connection, post)
    assert asked(flaky) == [
        "createSession", "getRecord", "putRecord", "createSession", "putRecord",
    ]  # fmt: skip
    assert said(bluesky, post.text) == 1


def test_a_sign_in_that_is_never_accepted_is_not_tried_for_ever(
    flaky: Flaky, connection: Connection, post: Post
) -> None:
    flaky.faults = {2: refuses("InvalidToken"), 4: refuses("InvalidToken")}
    with pytest.raises(ChannelError, match="refused this") as caught:
        Bluesky().find(connection, post.key)
    assert caught.value.permanent
    assert len(flaky.seen) == 4


def test_an_account_taken_down_is_told_apart_from_a_wrong_password(
    flaky: Flaky, connection: Connection
) -> None:
    flaky.fault = refuses("AccountTakedown", 401)
    with pytest.raises(ChannelError, match="took the account down") as caught:
        Bluesky().check(connection)
    assert caught.value.permanent


def test_the_limit_of_sign_ins_is_obeyed(flaky: Flaky, connection: Connection) -> None:
    flaky.fault = says(429, RateLimit_Reset=str(int(time.time()) + 300))
    with pytest.raises(ChannelError, match="slow down") as caught:
        Bluesky().check(connection)
    assert caught.value.retry_after is not None
    assert 200 < caught.value.retry_after <= 300
    assert not caught.value.permanent


def test_what_somebody_hides_at_the_same_time_stays_hidden(
    bluesky: BlueskyServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    straight = bluesky.connection(bluesky.official)
    remote = Bluesky().publish(straight, post)
    one, two = (
        bluesky.say(bluesky.visitor, text, above=remote).id for text in ("a", "b")
    )

    def meanwhile(forward: Forward, send: Send) -> None:
        Bluesky().hide(straight, two)
        send(forward())

    flaky.faults[4] = meanwhile
    Bluesky().hide(connection, one)
    gates = bluesky.records(bluesky.official, "app.bsky.feed.threadgate")
    hidden = [set(each["hiddenReplies"]) for each in gates.values()]
    assert {one, two} in hidden


def test_a_list_that_always_changes_is_given_up(
    bluesky: BlueskyServer, flaky: Flaky, connection: Connection, post: Post
) -> None:
    remote = Bluesky().publish(connection, post)
    spam = bluesky.say(bluesky.visitor, "Buy", above=remote).id

    def overtaken(forward: Forward, send: Send) -> None:
        writing = flaky.seen[-1].endswith("putRecord")
        (refuses("InvalidSwap") if writing else through_it)(forward, send)

    def through_it(forward: Forward, send: Send) -> None:
        send(forward())

    flaky.fault = overtaken
    with pytest.raises(ChannelError, match="keeps changing") as caught:
        Bluesky().hide(connection, spam)
    assert not caught.value.permanent


def test_the_full_list_of_hidden_replies_is_told(
    bluesky: BlueskyServer, connection: Connection, post: Post
) -> None:
    remote = Bluesky().publish(connection, post)
    spam = bluesky.say(bluesky.visitor, "Buy", above=remote).id
    uris = [f"at://{bluesky.visitor.did}/app.bsky.feed.post/{n}" for n in range(300)]
    gate: dict[str, Any] = {"post": remote.id, "createdAt": "2026-11-23T00:00:00Z"}
    gate["hiddenReplies"] = uris
    kind, rkey = "app.bsky.feed.threadgate", remote.id.rpartition("/")[2]
    bluesky.put(bluesky.official, kind, rkey, gate)
    with pytest.raises(ChannelError, match="300 replies") as caught:
        Bluesky().hide(connection, spam)
    assert caught.value.permanent
