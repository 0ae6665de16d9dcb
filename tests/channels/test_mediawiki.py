"""MediaWiki as it is: titles, wikitext, deleted pages, and rights."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest
import requests

from tests.channels.contract import (
    AboutContract,
    CommentsContract,
    EditingContract,
    picture,
)
from tests.servers.mediawiki import MediaWikiServer
from wardline.channels import Channel, ChannelError, Connection, Post

pytestmark = pytest.mark.xdist_group("mediawiki")


class TestMediaWiki(EditingContract, CommentsContract, AboutContract):
    slug = "mediawiki"

    @pytest.fixture
    def connection(self, mediawiki: MediaWikiServer) -> Connection:
        return mediawiki.connection("User:Admin")

    @pytest.fixture
    def visitor(self, mediawiki: MediaWikiServer) -> MediaWikiServer:
        return mediawiki

    def test_the_page_has_a_title_that_people_can_read(
        self, channel: Channel, mediawiki: MediaWikiServer, connection: Connection
    ) -> None:
        unique = uuid4().hex
        post = Post(f"flu-clinic-opens-{unique}", "Flu clinic: opens", "x", "<p>x</p>")
        remote = channel.publish(connection, post)
        assert remote.id == f"User:Admin/Flu clinic opens ({unique})"
        assert mediawiki.source(remote.id) == "== Flu clinic: opens ==\n\nx"

    def test_a_post_without_words_in_its_key_has_a_title_too(
        self, channel: Channel, connection: Connection
    ) -> None:
        unique = uuid4().hex
        remote = channel.publish(connection, Post(unique, "", "x", "<p>x</p>"))
        assert remote.id == f"User:Admin/Post ({unique})"
        assert channel.read(connection, remote.id).title == ""

    def test_readers_see_the_correction_marked_and_nothing_runs(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        remote = channel.publish(connection, post)
        html = "<p><del>Mon</del> <ins>Tue</ins> {{PAGENAME}} ~~~~ [[x]] &lt;b&gt;</p>"
        channel.correct(connection, remote.id, replace(post, title="{{x}}", html=html))
        reading = channel.read(connection, remote.id)
        assert "<del>Mon</del> <ins>Tue</ins> " in reading.html
        assert "{{PAGENAME}} ~~~~ [[x]] <b>" in unescape(reading.html)
        assert reading.title == "{{x}}"

    @pytest.mark.parametrize("attempt", ["find", "publish", "correct"])
    def test_a_page_taken_down_at_the_wiki_is_not_made_again(
        self,
        channel: Channel,
        mediawiki: MediaWikiServer,
        connection: Connection,
        post: Post,
        attempt: str,
    ) -> None:
        remote = channel.publish(connection, post)
        mediawiki.edit(remote.id, text="")
        attempts: dict[str, Callable[[], object]] = {
            "find": lambda: channel.find(connection, post.key),
            "publish": lambda: channel.publish(connection, post),
            "correct": lambda: channel.correct(connection, remote.id, post),
        }
        with pytest.raises(ChannelError, match="deleted or emptied") as caught:
            attempts[attempt]()
        assert caught.value.permanent
        assert channel.read(connection, remote.id).state == "hidden"

    def test_a_withdrawn_post_leaves_no_history_and_no_picture(
        self,
        channel: Channel,
        mediawiki: MediaWikiServer,
        connection: Connection,
        post: Post,
    ) -> None:
        remote = channel.publish(connection, replace(post, media=(picture(),)))
        (file,) = mediawiki.files(remote.id)
        assert requests.get(file, timeout=30).ok
        channel.withdraw(connection, remote.id)
        assert channel.read(connection, remote.id).state == "gone"
        assert requests.get(file, timeout=30).status_code == 404
        with pytest.raises(ChannelError, match="deleted or emptied"):
            channel.publish(connection, post)

    def test_a_correction_takes_away_the_picture_that_it_no_longer_shows(
        self,
        channel: Channel,
        mediawiki: MediaWikiServer,
        connection: Connection,
        post: Post,
    ) -> None:
        teal, navy = picture("teal"), picture("navy")
        remote = channel.publish(connection, replace(post, media=(teal, navy)))
        channel.correct(connection, remote.id, replace(post, media=(navy,)))
        assert channel.read(connection, remote.id).alts == (navy.alt,)
        assert len(mediawiki.files(remote.id)) == 1

    def test_a_user_who_may_not_delete_empties_the_page_and_says_what_stays(
        self, channel: Channel, mediawiki: MediaWikiServer, post: Post
    ) -> None:
        modest = mediawiki.modest
        remote = channel.publish(modest, post)
        for _ in range(2):
            with pytest.raises(ChannelError, match="in its history") as caught:
                channel.withdraw(modest, remote.id)
            assert caught.value.permanent
        reading = channel.read(modest, remote.id)
        assert reading.state == "hidden"
        assert post.text not in reading.html

    def test_a_user_who_may_not_upload_is_told_what_is_missing(
        self, channel: Channel, mediawiki: MediaWikiServer, post: Post
    ) -> None:
        assert channel.check(mediawiki.modest).name == "Admin"
        with pytest.raises(ChannelError, match="more rights at Special:Bot") as caught:
            channel.publish(mediawiki.modest, replace(post, media=(picture(),)))
        assert caught.value.permanent
        assert channel.find(mediawiki.modest, post.key) is None

    def test_a_file_that_is_no_picture_is_refused_for_good(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        broken = replace(picture(), content=b"no picture")
        with pytest.raises(ChannelError, match="does not match") as caught:
            channel.publish(connection, replace(post, media=(broken,)))
        assert caught.value.permanent
        assert channel.find(connection, post.key) is None

    def test_words_for_a_picture_are_shown_as_written(
        self, channel: Channel, connection: Connection, post: Post
    ) -> None:
        shown = replace(picture(), alt='A [wall]] of "teal" | & <b>{{navy}}</b>')
        remote = channel.publish(connection, replace(post, media=(shown,)))
        assert channel.read(connection, remote.id).alts == (shown.alt,)
