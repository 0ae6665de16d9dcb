"""Posting by hand: a clear signal, and the address checked that a person records."""

from typing import cast

import pytest

from tests.channels.contract import ChannelContract
from wardline.channels import Channel, ChannelError, Connection, Post, Unsupported
from wardline.channels.by_hand import ByHand, ByHandChannel


class TestByHand(ChannelContract):
    slug = "by_hand"

    @pytest.fixture
    def connection(self) -> Connection:
        return Connection("https://www.facebook.com/examplehospital")

    def test_it_has_no_limit_of_length_and_says_that_a_person_posts(
        self, channel: Channel
    ) -> None:
        assert channel.capabilities.by_hand
        assert channel.capabilities.max_length is None

    def test_every_step_asks_a_person(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        where = "https://facebook.com/1"
        for attempt in (
            lambda: channel.publish(connection, post),
            lambda: channel.correct(connection, where, post),
            lambda: channel.withdraw(connection, where),
        ):
            with pytest.raises(ByHand, match="yourself at https://") as caught:
                attempt()
            assert caught.value.permanent
            assert not caught.value.unknown_outcome

    def test_it_cannot_read_the_post(
        self, channel: Channel, connection: Connection
    ) -> None:
        with pytest.raises(Unsupported, match="look at the post yourself"):
            channel.read(connection, "https://facebook.com/1")

    @pytest.mark.parametrize(
        "url",
        [
            "https://www.facebook.com/examplehospital/posts/1",
            "https://m.facebook.com/1",
            "https://facebook.com/1?x=y#z",
            "https://de-de.facebook.com/1",
            "https://FACEBOOK.com./1",
        ],
    )
    def test_an_address_at_the_account_is_recorded(
        self, channel: Channel, connection: Connection, url: str
    ) -> None:
        remote = cast("ByHandChannel", channel).record(connection, url)
        assert (remote.id, remote.url) == (url, url)

    def test_an_account_without_address_takes_any_place(self, channel: Channel) -> None:
        url = "https://maps.secondlife.com/secondlife/Example/128/128/20"
        assert cast("ByHandChannel", channel).record(Connection(""), url).url == url

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "x",
            "facebook.com/1",
            "http://facebook.com/1",
            "https:///1",
            "https://",
            "javascript:alert(1)",
            "https://evil.example/facebook.com",
            "https://notfacebook.com/1",
            "https://facebook.com.evil.example/1",
            "https://facebook.com@evil.example/1",
            "https://me:pw@facebook.com/1",
            "https://evil.example\\@facebook.com/1",
            "https://facebook.com:8443/1",
            "https://facebook.com:x/1",
            "https://face book.com/1",
            "https://facebook.com/\n1",
            "https://[::1/1",
        ],
    )
    def test_any_other_address_is_refused_with_the_reason(
        self, channel: Channel, connection: Connection, url: str
    ) -> None:
        with pytest.raises(ChannelError, match=r"https://|the account is at"):
            cast("ByHandChannel", channel).record(connection, url)
