"""Posting by hand: a clear signal, and the address checked that a person records."""

from collections.abc import Callable
from dataclasses import replace
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

    def test_it_says_that_a_person_posts_with_the_limits_of_the_site(
        self, channel: Channel, connection: Connection
    ) -> None:
        assert channel.capabilities.by_hand
        assert channel.capabilities.max_length is None
        assert channel.capabilities_at(connection.base_url).max_length == 63_206

    def test_each_site_counts_in_its_own_way(
        self, channel: Channel, post: Post
    ) -> None:
        greek = replace(post, text="ώ" * 270)
        assert not list(channel.problems(greek, "https://x.com/hospital"))
        asian = replace(post, text="医" * 150)
        (problem,) = channel.problems(asian, "https://x.com/hospital")
        assert problem == ("X takes 280 weighted characters: shorten the text by 20.")
        (problem,) = channel.problems(greek, "https://my.secondlife.com/hospital")
        assert "takes 512 bytes" in problem

    def test_what_cannot_be_edited_is_corrected_by_a_reply(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        with pytest.raises(ByHand, match="Reply to the post yourself at https://x"):
            channel.correct(connection, "https://x.com/hospital/1", post)

    def test_markdown_is_pasted_as_plain_words(
        self, channel: Channel, post: Post
    ) -> None:
        assert channel.text_of(replace(post, text="Come **now**")) == "Come now"

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

    def test_comments_are_answered_and_hidden_by_a_person_as_the_site_does_it(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        where = "https://facebook.com/1?comment_id=2"
        attempts: tuple[tuple[Callable[[], object], str], ...] = (
            (lambda: channel.reply(connection, where, post), "paste the reply"),
            (lambda: channel.hide(connection, where), "choose Hide comment"),
            (lambda: channel.show(connection, where), "Show it again"),
            (lambda: channel.delete(connection, where), "Delete it"),
        )
        for attempt, told in attempts:
            with pytest.raises(ByHand, match=told) as caught:
                attempt()
            assert where in str(caught.value)
        with pytest.raises(Unsupported, match="look at the comments yourself"):
            channel.comments(connection, "")

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

    @pytest.mark.parametrize(
        ("account", "url"),
        [
            ("https://youtube.com/@hospital", "https://youtu.be/x7"),
            ("https://twitter.com/hospital", "https://x.com/hospital/status/1"),
            ("https://my.secondlife.com/h", "https://maps.secondlife.com/secondlife/E"),
        ],
    )
    def test_another_host_of_the_same_site_is_recorded(
        self, channel: Channel, account: str, url: str
    ) -> None:
        assert (
            cast("ByHandChannel", channel).record(Connection(account), url).url == url
        )

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
