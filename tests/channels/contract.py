"""What every channel must hold to; a channel's test class inherits from one of these."""

import uuid
from dataclasses import replace
from typing import ClassVar

import pytest

from wardline import channels
from wardline.channels import Channel, Connection, Post, readable_key


class ChannelContract:
    """For every channel; the subclass gives `slug` and a fixture `connection`."""

    slug: ClassVar[str]

    @pytest.fixture
    def channel(self) -> Channel:
        return channels.get(self.slug)

    @pytest.fixture
    def post(self) -> Post:
        key = readable_key("Flu clinic opens", uuid.uuid4().hex)
        return Post(
            key, "Flu clinic opens", "Come on Monday.", "<p>Come on Monday.</p>"
        )

    def test_a_key_never_published_is_not_found(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        assert channel.find(connection, post.key) is None

    def test_it_says_who_we_are(self, channel: Channel, connection: Connection) -> None:
        assert channel.check(connection).name

    def test_its_file_name_is_its_name(self, channel: Channel) -> None:
        assert channels.all()[self.slug] is channel
        assert type(channel).__module__ == f"wardline.channels.{self.slug}"


class PublishingContract(ChannelContract):
    """For channels that publish by themselves."""

    def test_what_is_published_is_found_by_its_key_and_read(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        assert channel.find(connection, post.key) == remote
        reading = channel.read(connection, remote.id)
        assert (reading.state, reading.url) == ("public", remote.url)
        assert reading.title == post.title
        assert post.text in reading.html

    def test_publishing_again_changes_nothing(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        assert channel.publish(connection, replace(post, title="Other")) == remote
        assert channel.read(connection, remote.id).title == post.title

    def test_two_posts_with_one_title_are_two(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        other = replace(post, key=readable_key(post.title, uuid.uuid4().hex))
        ids = {channel.publish(connection, each).id for each in (post, other)}
        assert len(ids) == 2

    def test_a_correction_takes_the_place_of_the_post_and_may_be_repeated(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        corrected = replace(post, title="Flu clinic moved", html="<p>Come today.</p>")
        for _ in range(2):
            assert channel.correct(connection, remote.id, corrected) == remote
        reading = channel.read(connection, remote.id)
        assert reading.title == corrected.title
        assert "Come today." in reading.html
        assert "Monday" not in reading.html

    def test_a_withdrawn_post_is_not_public_and_may_be_withdrawn_again(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        for _ in range(2):
            channel.withdraw(connection, remote.id)
        assert channel.read(connection, remote.id).state != "public"

    def test_a_wrong_password_is_a_lasting_error_that_names_the_remedy(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        stranger = replace(connection, secret="not the password")
        for attempt in (
            lambda: channel.check(stranger),
            lambda: channel.find(stranger, post.key),
            lambda: channel.publish(stranger, post),
            lambda: channel.correct(stranger, remote.id, post),
            lambda: channel.withdraw(stranger, remote.id),
        ):
            with pytest.raises(channels.ChannelError, match="password") as caught:
                attempt()
            assert caught.value.permanent
            assert not caught.value.unknown_outcome
            assert stranger.secret not in str(caught.value)
