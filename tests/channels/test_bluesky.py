"""Bluesky as it is, on a real PDS: plain text, one post a key, replies of others."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from tests.channels.contract import (
    AboutContract,
    CommentsContract,
    ReplyingContract,
    picture,
)
from tests.servers.bluesky import BlueskyServer
from wardline.channels import (
    Channel,
    ChannelError,
    Connection,
    Media,
    Post,
    Remote,
    Unsupported,
    readable_key,
)

pytestmark = pytest.mark.xdist_group("bluesky")
GATE = "app.bsky.feed.threadgate"


class Resident:
    """Somebody of the public who has an account at the same server."""

    def __init__(self, server: BlueskyServer) -> None:
        self._server = server

    def comment(self, remote: Remote, text: str) -> str:
        return self._server.say(self._server.visitor, text, above=remote).id


class TestBluesky(ReplyingContract, CommentsContract, AboutContract):
    slug = "bluesky"

    @pytest.fixture
    def connection(self, bluesky: BlueskyServer) -> Connection:
        return bluesky.connection(bluesky.official)

    @pytest.fixture
    def visitor(self, bluesky: BlueskyServer) -> Resident:
        return Resident(bluesky)

    def test_markdown_goes_out_as_plain_text_with_links_and_tags_marked(
        self, channel: Channel, connection: Connection, bluesky: BlueskyServer
    ) -> None:
        text = "**Größer** 🏥 [hours](https://a.example/x) #flu"
        remote = channel.publish(connection, self._post(text))
        record = bluesky.records(bluesky.official)[remote.id]
        assert record["text"] == "Größer 🏥 hours (https://a.example/x) #flu"
        raw = record["text"].encode()
        marked = [
            raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode()
            for one in record["facets"]
        ]
        assert marked == ["https://a.example/x", "#flu"]
        html = channel.read(connection, remote.id).html
        assert '(<a href="https://a.example/x">https://a.example/x</a>) #flu' in html

    def test_three_hundred_graphemes_fit_and_one_more_is_refused_unsent(
        self, channel: Channel, connection: Connection
    ) -> None:
        # 9 bytes and 3 code points are one grapheme.
        channel.publish(connection, self._post("e\u0301\u0323\u0302" * 300))
        long = self._post("e\u0301" * 301)
        assert list(channel.problems(long, connection.base_url)) == [
            "Bluesky takes 300 graphemes: shorten the text by 1."
        ]
        with pytest.raises(Unsupported, match="shorten the text by 1"):
            channel.publish(connection, long)
        assert channel.find(connection, long.key) is None

    def test_signs_of_many_bytes_reach_another_limit(
        self, channel: Channel, connection: Connection
    ) -> None:
        heavy = self._post("👩‍👩‍👧‍👦" * 121)
        assert list(channel.problems(heavy, connection.base_url)) == [
            "Bluesky takes 3000 bytes: shorten the text by 25."
        ]
        with pytest.raises(Unsupported, match="bytes"):
            channel.publish(connection, heavy)

    def test_pictures_keep_their_proportions(
        self, channel: Channel, connection: Connection, bluesky: BlueskyServer
    ) -> None:
        post = replace(self._post("Our wall"), media=(picture(),))
        remote = channel.publish(connection, post)
        (image,) = bluesky.records(bluesky.official)[remote.id]["embed"]["images"]
        assert image["aspectRatio"] == {"width": 40, "height": 30}
        assert image["image"]["mimeType"] == "image/png"

    def test_what_is_no_picture_is_refused_by_its_name(
        self, channel: Channel, connection: Connection
    ) -> None:
        broken = Media("wall.png", "image/png", "A wall", b"not a picture")
        post = replace(self._post("Our wall"), media=(broken,))
        with pytest.raises(ChannelError, match=r"wall\.png is no picture") as caught:
            channel.publish(connection, post)
        assert caught.value.permanent
        assert channel.find(connection, post.key) is None

    def test_a_correction_is_linked_to_the_post_it_corrects(
        self, channel: Channel, connection: Connection, bluesky: BlueskyServer
    ) -> None:
        remote = channel.publish(connection, self._post("On Monday."))
        correction = self._post("Correction: on Tuesday.")
        reply = channel.correct(connection, remote.id, correction)
        refs = bluesky.records(bluesky.official)[reply.id]["reply"]
        assert refs["root"]["uri"] == refs["parent"]["uri"] == remote.id

    def test_a_correction_of_an_answer_stays_in_its_thread(
        self,
        channel: Channel,
        connection: Connection,
        bluesky: BlueskyServer,
        visitor: Resident,
    ) -> None:
        remote = channel.publish(connection, self._post("On Monday."))
        asked = visitor.comment(remote, "At what time?")
        answer = channel.reply(connection, asked, self._post("At 9."))
        fixed = channel.correct(connection, answer.id, self._post("Correction: at 10."))
        refs = bluesky.records(bluesky.official)[fixed.id]["reply"]
        assert (refs["root"]["uri"], refs["parent"]["uri"]) == (remote.id, answer.id)

    def test_what_nobody_can_find_any_more_is_not_answered(
        self,
        channel: Channel,
        connection: Connection,
        bluesky: BlueskyServer,
        visitor: Resident,
    ) -> None:
        remote = channel.publish(connection, self._post("On Monday."))
        asked = visitor.comment(remote, "At what time?")
        bluesky.delete(bluesky.visitor, Remote(asked, ""))
        with pytest.raises(ChannelError, match="no longer at Bluesky") as caught:
            channel.reply(connection, asked, self._post("At 9."))
        assert caught.value.permanent
        channel.hide(connection, asked)
        channel.show(connection, asked)

    def test_an_answer_to_an_answer_knows_both_the_post_and_the_one_above(
        self,
        channel: Channel,
        connection: Connection,
        bluesky: BlueskyServer,
        visitor: Resident,
    ) -> None:
        remote = channel.publish(connection, self._post("On Monday."))
        asked = visitor.comment(remote, "At what time?")
        further = bluesky.say(
            bluesky.visitor, "And where?", root=remote, above=Remote(asked, "")
        )
        found = {one.id: one for one in channel.comments(connection, "").items}
        assert found[asked].parent_id == ""
        assert (found[further.id].post_id, found[further.id].parent_id) == (
            remote.id,
            asked,
        )
        assert found[asked].author == bluesky.visitor.handle
        assert found[asked].author_id == bluesky.visitor.did
        rkey = asked.rpartition("/")[2]
        page = f"https://bsky.app/profile/{bluesky.visitor.did}/post/{rkey}"
        assert found[asked].url == page

    def test_a_comment_that_says_it_comes_from_the_future_came_now(
        self, channel: Channel, connection: Connection, bluesky: BlueskyServer
    ) -> None:
        remote = channel.publish(connection, self._post("On Monday."))
        record = bluesky.say(bluesky.visitor, "Hello", above=remote)
        value = bluesky.records(bluesky.visitor)[record.id]
        dated = {**value, "createdAt": "2999-01-01T00:00:00.000Z"}
        rkey = record.id.rpartition("/")[2]
        bluesky.put(bluesky.visitor, "app.bsky.feed.post", rkey, dated)
        listed = {one.id: one for one in channel.comments(connection, "").items}
        assert listed[record.id].at <= dt.datetime.now(dt.UTC)

    def test_what_stands_under_posts_of_others_is_no_comment_and_not_ours_to_hide(
        self, channel: Channel, connection: Connection, bluesky: BlueskyServer
    ) -> None:
        theirs = bluesky.say(bluesky.visitor, "My day")
        under = bluesky.say(bluesky.visitor, "It rained", above=theirs)
        listed = {one.id for one in channel.comments(connection, "").items}
        assert {theirs.id, under.id}.isdisjoint(listed)
        with pytest.raises(Unsupported, match="began the thread"):
            channel.hide(connection, under.id)

    def test_hiding_leaves_who_may_reply_as_a_person_set_it(
        self,
        channel: Channel,
        connection: Connection,
        bluesky: BlueskyServer,
        visitor: Resident,
    ) -> None:
        remote = channel.publish(connection, self._post("On Monday."))
        spam = visitor.comment(remote, "Buy watches")
        rkey = remote.id.rpartition("/")[2]
        allow = [{"$type": f"{GATE}#mentionRule"}]
        gate = {
            "post": remote.id,
            "createdAt": dt.datetime.now(dt.UTC).isoformat(),
            "allow": allow,
        }
        bluesky.put(bluesky.official, GATE, rkey, gate)
        channel.hide(connection, spam)
        kept = bluesky.records(bluesky.official, GATE)
        value = kept[f"at://{bluesky.official.did}/{GATE}/{rkey}"]
        assert (value["allow"], value["hiddenReplies"]) == (allow, [spam])

    def test_another_accounts_post_is_not_withdrawn(
        self, channel: Channel, connection: Connection, bluesky: BlueskyServer
    ) -> None:
        theirs = bluesky.say(bluesky.visitor, "My day")
        with pytest.raises(ChannelError, match="another account's") as caught:
            channel.withdraw(connection, theirs.id)
        assert caught.value.permanent
        assert theirs.id in bluesky.records(bluesky.visitor)

    def test_an_id_that_is_none_is_refused(
        self, channel: Channel, connection: Connection
    ) -> None:
        with pytest.raises(ChannelError, match="names no record"):
            channel.read(connection, "https://bsky.app/profile/x/post/y")

    def test_the_sign_in_of_another_account_publishes_nothing(
        self, channel: Channel, bluesky: BlueskyServer
    ) -> None:
        address = bluesky.address(bluesky.official)
        theirs = replace(bluesky.connection(bluesky.visitor), base_url=address)
        before = bluesky.records(bluesky.visitor)
        with pytest.raises(ChannelError, match="another account") as caught:
            channel.publish(theirs, self._post("On Monday."))
        assert caught.value.permanent
        assert bluesky.records(bluesky.visitor) == before

    @staticmethod
    def _post(text: str) -> Post:
        return Post(readable_key("", uuid.uuid4().hex), "", text, "")
