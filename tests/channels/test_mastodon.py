"""Mastodon, against a stand-in written after its documentation: no real server ran."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine

from tests.channels.contract import (
    AboutContract,
    CommentsContract,
    EditingContract,
    picture,
)
from tests.servers.flaky import Fault, Flaky, cut_short, failed, lost
from tests.servers.mastodon import HOSPITAL, MastodonServer
from wardline.channels import Channel, ChannelError, Connection, Post, readable_key
from wardline.channels.mastodon import Mastodon


class TestMastodon(EditingContract, CommentsContract, AboutContract):
    slug = "mastodon"

    @pytest.fixture
    def connection(self, mastodon: MastodonServer) -> Connection:
        return mastodon.connection

    @pytest.fixture
    def visitor(self, mastodon: MastodonServer) -> MastodonServer:
        return mastodon

    def test_the_same_words_twice_a_day_are_one_status(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        other = replace(post, key=readable_key(post.title, uuid.uuid4().hex))
        sign_in = mastodon.connection
        first = channel.publish(sign_in, post)
        assert channel.publish(sign_in, other) == first
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2)):
            assert channel.publish(sign_in, other) != first

    def test_of_forty_other_posts_none_is_asked_for_its_source(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        for place in range(40):
            words = {"status": f"Concert {place} with @ann, https://e.example/{place}"}
            mastodon.add(HOSPITAL, words)
        channel.publish(mastodon.connection, post)
        assert not [asked for asked in mastodon.seen if asked.endswith("/source")]

    def test_links_count_23_and_of_a_name_only_its_first_part(
        self, channel: Channel
    ) -> None:
        assert channel.length(f"See https://hospital.example/{'a' * 90}.") == 4 + 23 + 1
        assert channel.length("https://a.b") == 23
        assert channel.length("Thanks @ann@elsewhere.example!") == len("Thanks @ann!")
        assert channel.length("👩‍👩‍👧 é") == 3

    def test_the_limits_of_a_server_are_learnt_when_the_account_is_checked(
        self, mastodon: MastodonServer, post: Post
    ) -> None:
        channel, url = Mastodon(), mastodon.connection.base_url
        long = replace(post, text="a" * 600)
        assert "shorten the text by 100" in next(channel.problems(long, url))
        mastodon.limits = {
            "statuses": {"max_characters": 1000, "max_media_attachments": 8},
            "media_attachments": {"image_size_limit": 10},
        }
        channel.check(mastodon.connection)
        assert list(channel.problems(long, url)) == []
        large = replace(post, media=(picture(),))
        assert "make it smaller" in next(channel.problems(large, url))

    def test_a_token_that_may_too_little_is_told_when_the_account_is_checked(
        self, channel: Channel, mastodon: MastodonServer
    ) -> None:
        mastodon.scopes = ["read", "write:statuses"]
        with pytest.raises(ChannelError, match="may not write:media") as caught:
            channel.check(mastodon.connection)
        assert caught.value.permanent
        mastodon.scopes = None
        assert channel.check(mastodon.connection).name == "hospital"

    def test_a_token_of_another_account_publishes_nothing(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        other = replace(mastodon.connection, base_url=f"{mastodon.url}/@clinic")
        for attempt in (
            lambda: channel.check(other),
            lambda: channel.publish(other, post),
        ):
            with pytest.raises(ChannelError, match="token is @hospital's"):
                attempt()
        assert not mastodon.statuses

    def test_an_edit_sends_along_what_the_server_would_reset(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, replace(post, media=(picture(),)))
        status = mastodon.statuses[remote.id]
        status |= {"sensitive": True, "spoiler_text": "Needles", "language": "es"}
        status["visibility"] = "unlisted"
        corrected = replace(post, text="Correction: x", media=(picture("navy"),))
        channel.correct(mastodon.connection, remote.id, corrected)
        kept = ("sensitive", "spoiler_text", "language", "visibility")
        assert [status[name] for name in kept] == [True, "Needles", "es", "unlisted"]
        shown = channel.read(mastodon.connection, remote.id)
        assert shown.alts == ("A navy wall",)
        assert mastodon.history[remote.id] == [post.text, "Correction: x"]

    def test_a_correction_repeated_leaves_one_entry_in_the_history(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, post)
        for _ in range(2):
            corrected = replace(post, text="Correction: Come today.")
            channel.correct(mastodon.connection, remote.id, corrected)
        assert len(mastodon.history[remote.id]) == 2

    def test_a_server_that_hides_what_is_edited_is_told_to_a_person(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, post)
        mastodon.edits_reset_visibility = True
        corrected = replace(post, text="Correction: Come today.")
        with pytest.raises(ChannelError, match="only for 'private'") as caught:
            channel.correct(mastodon.connection, remote.id, corrected)
        assert caught.value.permanent
        assert caught.value.unknown_outcome
        assert channel.read(mastodon.connection, remote.id).state == "hidden"

    def test_what_was_deleted_there_is_not_corrected(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, post)
        mastodon.statuses.clear()
        with pytest.raises(ChannelError, match="record it as withdrawn"):
            channel.correct(mastodon.connection, remote.id, post)

    def test_markdown_goes_out_as_plain_words(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        marked = replace(post, text="Come **now**: [map](https://hospital.example/m)")
        channel.publish(mastodon.connection, marked)
        assert mastodon.by_us() == ["Come now: map (https://hospital.example/m)"]

    def test_what_the_server_refuses_comes_in_its_own_words(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        with pytest.raises(ChannelError, match="Text can't be blank") as caught:
            channel.publish(mastodon.connection, replace(post, text=""))
        assert caught.value.permanent

    def test_a_picture_is_waited_for_until_the_server_is_done_with_it(
        self, mastodon: MastodonServer, post: Post
    ) -> None:
        waits: list[float] = []
        channel = Mastodon(sleep=waits.append)
        mastodon.polls_before_ready = 3
        remote = channel.publish(mastodon.connection, replace(post, media=(picture(),)))
        assert waits == [1, 1, 1]
        assert channel.read(mastodon.connection, remote.id).alts == ("A teal wall",)

    def test_a_server_never_done_with_a_picture_is_asked_again_later(
        self, mastodon: MastodonServer, post: Post
    ) -> None:
        channel = Mastodon(sleep=lambda _seconds: None)
        mastodon.polls_before_ready = 99
        with pytest.raises(ChannelError, match="still busy") as caught:
            channel.publish(mastodon.connection, replace(post, media=(picture(),)))
        assert not caught.value.permanent
        assert not caught.value.unknown_outcome
        assert not mastodon.statuses

    def test_the_rate_limit_is_obeyed(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
            reset = ("X-RateLimit-Reset", "2026-11-23T12:04:00.000000Z")
            mastodon.refuses = (429, (reset,))
            with pytest.raises(ChannelError, match="slow down") as caught:
                channel.publish(mastodon.connection, post)
        assert caught.value.retry_after == 240
        assert not caught.value.permanent

    def test_a_thread_shows_whole_even_where_only_one_named_us(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, post)
        quiet = mastodon.comment(remote, "Nobody named", names=False)
        below = mastodon.comment(replace(remote, id=quiet), "@hospital is that so?")
        items = channel.comments(mastodon.connection, "").items
        assert [(each.id, each.parent_id) for each in items] == [
            (quiet, ""),
            (below, quiet),
        ]
        assert {each.post_id for each in items} == {remote.id}

    def test_a_mention_elsewhere_and_one_deleted_are_no_comments(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, post)
        mastodon.comment(replace(remote, id=""), "Have you seen @hospital?")
        del mastodon.statuses[mastodon.comment(remote, "Gone again")]
        found = channel.comments(mastodon.connection, "")
        assert found.items == ()
        assert found.cursor == mastodon.mentions[-1]["id"]

    def test_more_mentions_than_a_page_are_all_read(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, post)
        asked = {mastodon.comment(remote, f"Question {n}") for n in range(45)}
        assert {c.id for c in channel.comments(mastodon.connection, "").items} == asked

    def test_what_was_asked_in_private_is_answered_in_private(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        remote = channel.publish(mastodon.connection, post)
        asked = mastodon.comment(remote, "About my bill", "direct")
        (comment,) = channel.comments(mastodon.connection, "").items
        assert comment.state == "hidden"
        answer = replace(post, key=readable_key("reply", uuid.uuid4().hex))
        reply = channel.reply(mastodon.connection, asked, answer)
        assert mastodon.statuses[reply.id]["visibility"] == "direct"
        assert mastodon.by_us()[-1] == f"@ann@elsewhere.example {post.text}"

    def test_a_comment_deleted_meanwhile_is_not_answered(
        self, channel: Channel, mastodon: MastodonServer, post: Post
    ) -> None:
        with pytest.raises(ChannelError, match="close the case"):
            channel.reply(mastodon.connection, "7", post)

    # The contract's test publishes the same words twice; see above for what follows.
    def test_two_posts_with_one_title_are_two(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        other = replace(post, key=readable_key("x", uuid.uuid4().hex), text="At 9.")
        ids = {channel.publish(connection, each).id for each in (post, other)}
        assert len(ids) == 2


@pytest.fixture
def flaky(mastodon: MastodonServer) -> Iterator[Flaky]:
    with Flaky(mastodon.url) as proxy:
        yield proxy


@pytest.mark.parametrize("fault", [lost, failed, cut_short])
@pytest.mark.parametrize("ignores_keys", [False, True])
def test_publish_retried_after_a_time_out_posts_once(
    mastodon: MastodonServer, flaky: Flaky, fault: Fault, *, ignores_keys: bool
) -> None:
    mastodon.ignores_keys = ignores_keys
    channel = Mastodon()
    sign_in = replace(mastodon.connection, base_url=f"{flaky.url}/@hospital")
    post = Post("flu-clinic-7f3k2m9q", "Flu clinic", "We *open* today.", "")
    flaky.faults[3] = fault
    with pytest.raises(ChannelError) as caught:
        channel.publish(sign_in, post)
    assert flaky.seen[-1] == "POST /api/v1/statuses"
    assert caught.value.unknown_outcome
    remote = channel.find(sign_in, post.key) or channel.publish(sign_in, post)
    assert mastodon.by_us() == ["We open today."]
    assert remote.id in mastodon.statuses


def test_a_reply_retried_after_a_time_out_is_given_once(
    mastodon: MastodonServer, flaky: Flaky
) -> None:
    mastodon.ignores_keys = True
    channel = Mastodon()
    sign_in = replace(mastodon.connection, base_url=f"{flaky.url}/@hospital")
    post = Post("flu-clinic-7f3k2m9q", "", "We open today.", "")
    asked = mastodon.comment(channel.publish(sign_in, post), "When?")
    flaky.faults[len(flaky.seen) + 4] = lost
    answer = replace(post, key="reply-7f3k2m9q", text="At 9.")
    with pytest.raises(ChannelError, match="broke off"):
        channel.reply(sign_in, asked, answer)
    channel.reply(sign_in, asked, answer)
    assert mastodon.by_us() == ["We open today.", "@ann@elsewhere.example At 9."]
