"""The signed webhook, against the receiver that its documentation shows."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine

from tests.channels.contract import CommentsContract, EditingContract
from tests.servers.flaky import Flaky, lost, says
from tests.servers.webhook import Receiver
from wardline.channels import Channel, ChannelError, Connection, Post, Unsupported
from wardline.channels.webhook import Webhook, sign


class TestWebhook(EditingContract, CommentsContract):
    slug = "webhook"

    @pytest.fixture
    def connection(self, receiver: Receiver) -> Connection:
        receiver.learn_comments()
        return receiver.connection

    @pytest.fixture
    def visitor(self, receiver: Receiver) -> Receiver:
        return receiver

    def test_a_correction_keeps_what_was_struck(
        self, channel: Channel, connection: Connection, receiver: Receiver, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        html = "<p><del>Monday</del> <ins>Tuesday</ins></p>"
        channel.correct(connection, remote.id, replace(post, html=html))
        assert receiver.posts[remote.id]["html"] == html


def test_what_a_site_cannot_do_is_said_so(receiver: Receiver) -> None:
    channel = Webhook()
    post = Post("reply-7f3k2m9q", "", "At 9.", "<p>At 9.</p>")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: channel.comments(receiver.connection, ""),
        lambda: channel.reply(receiver.connection, "1", post),
        lambda: channel.hide(receiver.connection, "1"),
        lambda: channel.show(receiver.connection, "1"),
        lambda: channel.delete(receiver.connection, "1"),
    )
    for attempt in attempts:
        with pytest.raises(Unsupported, match="lets nobody"):
            attempt()


def test_the_signature_is_that_of_the_specification() -> None:
    # The example of https://github.com/standard-webhooks/standard-webhooks
    signature = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_in_plain_letters_signs_too() -> None:
    assert sign("a plain secret", "1", "2", b"").startswith("v1,")


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_not base64!"])
def test_without_a_usable_secret_nothing_is_sent(
    receiver: Receiver, secret: str
) -> None:
    with pytest.raises(ChannelError, match="Record the secret") as caught:
        Webhook().check(replace(receiver.connection, secret=secret))
    assert caught.value.permanent


def test_the_example_refuses_what_is_old(receiver: Receiver) -> None:
    body = b'{"type": "check", "data": {}}'
    head = {
        "HTTP_WEBHOOK_ID": "check-1",
        "HTTP_WEBHOOK_TIMESTAMP": "1800000000",
        "HTTP_WEBHOOK_SIGNATURE": sign(
            receiver.connection.secret, "check-1", "1800000000", body
        ),
    }
    for now, expected in ((1_800_000_299, True), (1_800_000_301, False)):
        with time_machine.travel(now, tick=False):
            assert receiver.names["genuine"](head, body) is expected


def test_publish_retried_after_a_time_out_posts_once(receiver: Receiver) -> None:
    channel = Webhook()
    post = Post("flu-clinic-7f3k2m9q", "Flu clinic", "Open.", "<p>Open.</p>")
    with Flaky(receiver.url) as flaky:
        sign_in = replace(receiver.connection, base_url=f"{flaky.url}/wardline")
        flaky.faults[1] = lost
        with pytest.raises(ChannelError) as caught:
            channel.publish(sign_in, post)
        assert caught.value.unknown_outcome
        found = channel.find(sign_in, post.key)
        assert found == channel.publish(sign_in, replace(post, title="Other"))
    assert [one["title"] for one in receiver.posts.values()] == ["Flu clinic"]


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (422, b'{"error": "Give it a title."}', "refused this: Give it a title."),
        (404, b"<h1>Not here</h1>", "status 404. See whether the account's address"),
        (400, b"{}", "status 400"),
    ],
)
def test_what_a_site_refuses_says_what_to_do(
    receiver: Receiver, status: int, body: bytes, told: str
) -> None:
    with Flaky() as flaky:
        flaky.fault = says(status, body)
        with pytest.raises(ChannelError, match=told) as caught:
            Webhook().check(replace(receiver.connection, base_url=flaky.url))
    assert caught.value.permanent
