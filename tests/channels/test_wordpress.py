"""WordPress as it is: roles, filters, trash, and what people do to posts there."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html import unescape

import pytest

from tests.channels.contract import AboutContract, CommentsContract, EditingContract
from tests.servers.wordpress import WordPressServer
from wardline.channels import Channel, ChannelError, Connection, Post
from wardline.channels.rendering import correction_html, html_of

pytestmark = pytest.mark.xdist_group("wordpress")


class TestWordPress(EditingContract, CommentsContract, AboutContract):
    slug = "wordpress"

    @pytest.fixture
    def visitor(self, wordpress: WordPressServer) -> WordPressServer:
        return wordpress

    @pytest.fixture
    def connection(self, wordpress: WordPressServer) -> Connection:
        return wordpress.connection

    @pytest.fixture
    def keeper(self, editor: Connection) -> Connection:
        """The About text is a page, which an Author may not change."""
        return editor

    def test_one_public_post_lies_at_a_readable_address(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        remote = channel.publish(wordpress.connection, post)
        assert remote.url == f"{wordpress.url}/{post.key}/"
        assert [str(item["id"]) for item in wordpress.posts(post.key)] == [remote.id]

    def test_a_visitor_sees_the_correction_marked(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        original, corrected = "Come on **Monday** at 9.", "Come on **Tuesday** at 9."
        post = replace(post, html=html_of(original))
        remote = channel.publish(wordpress.connection, post)
        html = correction_html(
            original,
            corrected,
            date=dt.date(2026, 11, 2),
            reason="The day was wrong.",
            page_url="https://wardline.example/corrections/1",
        )
        channel.correct(wordpress.connection, remote.id, replace(post, html=html))
        page = wordpress.page(remote.url)
        assert "<del>Monday </del><strong><ins>Tuesday</ins></strong> at 9." in page
        assert "<strong>Correction</strong> (November 2, 2026)" in page
        assert 'href="https://wardline.example/corrections/1"' in page

    def test_text_shows_as_written_whatever_wordpress_makes_of_its_own_codes(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        text = "One\ntwo [gallery] [caption]x[/caption] <script>alert</script> & 🙂"
        post = replace(post, title="A & <b>", html=html_of(text))
        remote = channel.publish(wordpress.connection, post)
        page = wordpress.page(remote.url)
        assert "&lt;script&gt;alert&lt;/script&gt; &amp; 🙂</p>" in page
        assert "<p>One\ntwo [gallery] [caption]x[/caption] <" in unescape(page)
        assert ">A &amp; &lt;b&gt;</h1>" in page

    @pytest.mark.parametrize("text", ["{}", "Look:\n{}\nGo.", "`{}`", "- {}"])
    def test_an_address_stays_an_address_and_brings_no_foreign_page_in(
        self, channel: Channel, wordpress: WordPressServer, post: Post, text: str
    ) -> None:
        other = channel.publish(wordpress.connection, post).url
        key = f"{post.key[:40]}-{sha256(text.encode()).hexdigest()[:8]}"
        post = replace(post, key=key, html=html_of(text.format(other)))
        remote = channel.publish(wordpress.connection, post)
        words = wordpress.page(remote.url).partition(post.title)[2]
        assert "wp-embedded-content" not in words
        assert other in unescape(words)

    def test_a_draft_left_behind_is_not_found_but_finished_in_our_words(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        draft = wordpress.call(
            "POST",
            "posts",
            slug=post.key,
            status="draft",
            title="x",
            author=str(wordpress.author_id),
        )
        assert channel.find(wordpress.connection, post.key) is None
        remote = channel.publish(wordpress.connection, post)
        assert remote.id == str(draft["id"])
        assert post.text in wordpress.page(remote.url)

    def test_drafts_left_by_a_race_are_deleted_but_for_one(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        author = str(wordpress.author_id)
        for _ in range(3):
            wordpress.call(
                "POST", "posts", slug=post.key, status="draft", title="x", author=author
            )
        slugs = {item["slug"] for item in wordpress.posts(post.key)}
        assert slugs == {post.key, f"{post.key}-2", f"{post.key}-3"}
        remote = channel.publish(wordpress.connection, post)
        assert [str(item["id"]) for item in wordpress.posts(post.key)] == [remote.id]

    def test_the_public_post_is_kept_over_an_older_draft(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        author = str(wordpress.author_id)
        fields = {"slug": post.key, "title": "x", "author": author}
        wordpress.call("POST", "posts", status="draft", **fields)
        public = wordpress.call("POST", "posts", status="publish", **fields)
        remote = channel.publish(wordpress.connection, post)
        assert remote.id == str(public["id"])
        assert len(wordpress.posts(post.key)) == 1

    @pytest.mark.parametrize("status", ["trash", "private"])
    def test_a_post_taken_down_at_the_site_is_not_published_again(
        self, channel: Channel, wordpress: WordPressServer, post: Post, status: str
    ) -> None:
        remote = channel.publish(wordpress.connection, post)
        if status == "trash":
            wordpress.call("DELETE", f"posts/{remote.id}")
        else:
            wordpress.call("POST", f"posts/{remote.id}", status=status)
        attempts: tuple[Callable[[], object], ...] = (
            lambda: channel.find(wordpress.connection, post.key),
            lambda: channel.publish(wordpress.connection, post),
            lambda: channel.correct(wordpress.connection, remote.id, post),
        )
        for attempt in attempts:
            with pytest.raises(ChannelError, match="not public") as caught:
                attempt()
            assert caught.value.permanent
        assert wordpress.public(post.key) == []
        assert channel.read(wordpress.connection, remote.id).state == "hidden"

    def test_a_post_deleted_for_good_is_gone(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        remote = channel.publish(wordpress.connection, post)
        wordpress.call("DELETE", f"posts/{remote.id}?force=true")
        assert channel.read(wordpress.connection, remote.id).state == "gone"
        channel.withdraw(wordpress.connection, remote.id)
        with pytest.raises(ChannelError, match="no longer in WordPress") as caught:
            channel.correct(wordpress.connection, remote.id, post)
        assert caught.value.permanent

    def test_a_post_of_someone_else_cannot_be_changed(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        other = wordpress.call("POST", "posts", title="Theirs", status="publish")
        with pytest.raises(ChannelError, match="role Author") as caught:
            channel.correct(wordpress.connection, str(other["id"]), post)
        assert caught.value.permanent

    def test_a_user_who_may_not_publish_is_told_at_sign_in(
        self, channel: Channel, wordpress: WordPressServer
    ) -> None:
        reader = wordpress.newcomer("contributor")
        with pytest.raises(ChannelError, match="may not publish") as caught:
            channel.check(reader)
        assert caught.value.permanent

    def test_an_address_without_rest_api_is_named_as_the_cause(
        self, channel: Channel, wordpress: WordPressServer
    ) -> None:
        url = f"{wordpress.url}/nope"
        elsewhere = replace(wordpress.connection, base_url=url)
        with pytest.raises(ChannelError, match="no WordPress REST API") as caught:
            channel.check(elsewhere)
        assert caught.value.permanent

    def test_what_wordpress_refuses_comes_in_its_own_words(
        self, channel: Channel, wordpress: WordPressServer, post: Post
    ) -> None:
        broken = replace(post, title="\ud800")
        with pytest.raises(ChannelError, match="Invalid JSON body") as caught:
            channel.publish(wordpress.connection, broken)
        assert caught.value.permanent
        assert not caught.value.unknown_outcome
