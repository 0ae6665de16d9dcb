"""What every channel must hold to; a channel's test class inherits from these."""

import datetime as dt
import uuid
from dataclasses import replace
from io import BytesIO
from typing import ClassVar, Protocol

import pytest
from PIL import Image

from wardline import channels
from wardline.channels import (
    Channel,
    ChannelError,
    Comment,
    Connection,
    Media,
    Post,
    Remote,
    Unsupported,
    profiles,
    readable_key,
)
from wardline.channels.about import Link


class Visitor(Protocol):
    """Somebody of the public, who comments at the real server."""

    def comment(self, remote: Remote, text: str) -> str:
        """Write under a post, and see that it shows; the comment's id."""


def picture(colour: str = "teal") -> Media:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return Media(f"{colour}.png", "image/png", f"A {colour} wall", drawn.getvalue())


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

    def test_an_ordinary_post_has_no_problems(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        assert list(channel.problems(post, connection.base_url)) == []

    def test_what_is_too_long_is_said_while_it_is_written(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        can = channel.capabilities_at(connection.base_url)
        long = replace(post, text="a " * ((can.max_length or 1_000_000) + 3))
        said = " ".join(channel.problems(long, connection.base_url))
        assert ("shorten" in said) is bool(can.max_length)

    def test_pictures_need_words_and_a_channel_that_takes_them(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        can = channel.capabilities_at(connection.base_url)
        many = replace(post, media=(picture(),) * (can.media + 1))
        assert any("take some" in one for one in channel.problems(many, ""))
        wordless = replace(post, media=(replace(picture(), alt=" "),))
        assert any("Say what" in one for one in channel.problems(wordless, ""))


class PublishingContract(ChannelContract):
    """For channels that publish by themselves."""

    def test_what_is_published_is_found_by_its_key_and_read(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        finds = channel.capabilities.idempotency
        assert channel.find(connection, post.key) == (remote if finds else None)
        reading = channel.read(connection, remote.id)
        assert (reading.state, reading.url) == ("public", remote.url)
        assert reading.title == (post.title if channel.capabilities.titles else "")
        assert post.text in reading.html

    def test_publishing_again_changes_nothing(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        other = replace(post, title="Other", text="Other", html="<p>Other</p>")
        assert channel.publish(connection, other) == remote
        assert post.text in channel.read(connection, remote.id).html

    def test_two_posts_with_one_title_are_two(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        other = replace(post, key=readable_key(post.title, uuid.uuid4().hex))
        ids = {channel.publish(connection, each).id for each in (post, other)}
        assert len(ids) == 2

    def test_a_withdrawn_post_is_not_public_and_may_be_withdrawn_again(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        for _ in range(2):
            channel.withdraw(connection, remote.id)
        assert channel.read(connection, remote.id).state != "public"

    def test_pictures_go_out_with_the_words_for_those_who_cannot_see_them(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        if not channel.capabilities.media:
            with pytest.raises(Unsupported):
                channel.publish(connection, replace(post, media=(picture(),)))
            return
        shown = (picture("teal"), picture("navy"))[: channel.capabilities.media]
        remote = channel.publish(connection, replace(post, media=shown))
        reading = channel.read(connection, remote.id)
        assert reading.alts == tuple(each.alt for each in shown)

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
            with pytest.raises(ChannelError, match=r"password|token|secret") as caught:
                attempt()
            assert caught.value.permanent
            assert not caught.value.unknown_outcome
            assert stranger.secret not in str(caught.value)


class EditingContract(PublishingContract):
    """For channels on which a post can be changed where it stands."""

    def test_it_says_that_it_edits(self, channel: Channel) -> None:
        assert channel.capabilities.edit

    def test_a_correction_takes_the_place_of_the_post_and_may_be_repeated(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        corrected = replace(
            post,
            title="Flu clinic moved",
            text="Correction: Come today.",
            html="<p>Correction: Come today.</p>",
        )
        for _ in range(2):
            assert channel.correct(connection, remote.id, corrected) == remote
        reading = channel.read(connection, remote.id)
        titled = channel.capabilities.titles
        assert reading.title == (corrected.title if titled else "")
        assert "Come today." in reading.html
        assert "Monday" not in reading.html


class ReplyingContract(PublishingContract):
    """For channels without edit: a correction is one reply, linked to the post."""

    def test_it_says_that_it_does_not_edit(self, channel: Channel) -> None:
        assert not channel.capabilities.edit

    def test_a_correction_is_one_reply_and_the_original_stays(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        key = readable_key("correction", uuid.uuid4().hex)
        correction = replace(post, key=key, text="Correction: Come today.")
        first, second = (
            channel.correct(connection, remote.id, correction) for _ in range(2)
        )
        assert first == second != remote
        assert "Come today." in channel.read(connection, first.id).html
        assert post.text in channel.read(connection, remote.id).html


class CommentsContract(ChannelContract):
    """For channels with comments; the subclass gives a fixture `visitor`."""

    def test_without_comments_there_are_none(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        assert not self._under(channel, connection, remote)

    def test_a_comment_is_listed_with_who_wrote_it_and_where(
        self, channel: Channel, connection: Connection, post: Post, visitor: Visitor
    ) -> None:
        remote = channel.publish(connection, post)
        before = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=2)
        written = visitor.comment(remote, "When do you open?")
        (comment,) = self._under(channel, connection, remote)
        assert comment.id == written
        assert "When do you open?" in comment.text
        assert comment.author
        assert comment.state == "public"
        assert not comment.ours
        assert comment.at > before
        assert comment.url.startswith("http")

    def test_since_a_cursor_come_the_later_ones_and_none_is_left_out(
        self, channel: Channel, connection: Connection, post: Post, visitor: Visitor
    ) -> None:
        remote = channel.publish(connection, post)
        first = visitor.comment(remote, "The first thing I would ask.")
        read = channel.comments(connection, "")
        second = visitor.comment(remote, "And another matter altogether.")
        later = channel.comments(connection, read.cursor)
        assert first in {each.id for each in read.items}
        assert second in {each.id for each in later.items}

    def test_a_reply_stands_under_the_comment_once_and_is_known_as_ours(
        self, channel: Channel, connection: Connection, post: Post, visitor: Visitor
    ) -> None:
        remote = channel.publish(connection, post)
        asked = visitor.comment(remote, "Is parking free?")
        key = readable_key("reply", uuid.uuid4().hex)
        answer = Post(key, "", "Parking is free.", "<p>Parking is free.</p>")
        if not channel.capabilities.replies:
            with pytest.raises(Unsupported):
                channel.reply(connection, asked, answer)
            return
        first, second = (channel.reply(connection, asked, answer) for _ in range(2))
        assert first == second
        ours = [one for one in self._under(channel, connection, remote) if one.ours]
        assert [one.id for one in ours] == [first.id]
        assert "Parking is free." in ours[0].text

    def test_a_comment_is_hidden_and_shown_again_where_the_site_allows(
        self, channel: Channel, connection: Connection, post: Post, visitor: Visitor
    ) -> None:
        remote = channel.publish(connection, post)
        spam = visitor.comment(remote, "Buy cheap watches here")
        if not channel.capabilities.hides:
            for attempt in (channel.hide, channel.show):
                with pytest.raises(Unsupported, match="nobody"):
                    attempt(connection, spam)
            return
        for attempt, state in ((channel.hide, "hidden"), (channel.show, "public")):
            for _ in range(2):
                attempt(connection, spam)
            found = self._under(channel, connection, remote)
            assert [each.state for each in found] == [state]

    def test_a_comment_is_deleted_for_good_where_the_site_allows(
        self, channel: Channel, connection: Connection, post: Post, visitor: Visitor
    ) -> None:
        remote = channel.publish(connection, post)
        spam = visitor.comment(remote, "Buy cheap bags here")
        if not channel.capabilities.deletes:
            with pytest.raises(Unsupported, match="nobody"):
                channel.delete(connection, spam)
            return
        for _ in range(2):
            channel.delete(connection, spam)
        assert not self._under(channel, connection, remote)

    @staticmethod
    def _under(
        channel: Channel, connection: Connection, remote: Remote
    ) -> list[Comment]:
        """What was written under one post, as the channel lists it from the start."""
        cursor, found = "", {}
        while True:
            page = channel.comments(connection, cursor)
            for each in page.items:
                found[each.id] = each
            if page.cursor == cursor or not page.items:
                break
            cursor = page.cursor
        return [each for each in found.values() if each.post_id == remote.id]


class AboutContract(ChannelContract):
    """For channels whose profile Wardline reads and adds to."""

    @pytest.fixture
    def keeper(self, connection: Connection) -> Connection:
        """Whoever may change the profile there."""
        return connection

    def test_links_are_added_to_the_profile_and_nothing_is_taken_away(
        self, connection: Connection, keeper: Connection
    ) -> None:
        site = profiles.get(self.slug)
        before = site.read(connection.base_url)
        links = [
            Link("Guidelines", f"https://hospital.example/{uuid.uuid4().hex[:8]}"),
            Link("Privacy", f"https://hospital.example/{uuid.uuid4().hex[:8]}"),
        ]
        site.add(keeper, links)
        after = site.read(connection.base_url)
        assert {link.url for link in links} <= {*after.links}
        assert after.text.startswith(before.text)
