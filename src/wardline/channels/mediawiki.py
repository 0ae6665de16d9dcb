"""MediaWiki through its action API, signed in with a bot password.

The account's address is that of a page; each post is a page below it, and what
visitors write on the talk page of a post are its comments.
https://www.mediawiki.org/wiki/API:Main_page
"""

from typing_extensions import override

from wardline.channels.contract import (
    Capabilities,
    Channel,
    ChannelError,
    Connection,
    Identity,
    already_out,
)
from wardline.channels.http import Http
from wardline.channels.hypertext import read
from wardline.channels.mediawiki_api import Wiki, wiki_at
from wardline.channels.mediawiki_posts import Posts, title_of
from wardline.channels.mediawiki_talk import Talk
from wardline.channels.post import Comments, Post, Reading, Remote

_MOST_PICTURES = 20  # our own limit: one upload each, within one delivery
_NEEDED = frozenset({"edit", "createpage", "createtalk"})


class MediaWiki(Channel):
    """A wiki; a post is known by the title of its page.

    The bot password needs the grants to edit and create pages, to upload files for
    pictures, and to delete pages where withdrawn posts shall leave no history.
    """

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    capabilities = Capabilities(
        label="MediaWiki",
        kind="wiki",
        edit=True,
        delete=True,
        strikethrough=True,
        html=True,
        media=_MOST_PICTURES,
        comments=True,
        hides=True,
        replies=True,
        idempotency=True,
    )

    @override
    def check(self, connection: Connection) -> Identity:
        wiki, _ = self._signed_in(connection)
        us = wiki.ask(action="query", meta="userinfo", uiprop="rights").query.userinfo
        if us is None or not _NEEDED.issubset(us.rights):
            message = (
                f"The wiki knows {wiki.user}, who may not create pages there. Give the "
                'bot password the grants "Edit existing pages" and "Create, edit, and '
                'move pages" at Special:BotPasswords.'
            )
            raise ChannelError(message, permanent=True)
        return Identity(str(us.id), us.name)

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        wiki, base = self._signed_in(connection)
        found = Posts(wiki).look_up(title_of(base, key))
        never = found.state == "gone" and not found.was_deleted
        return None if never else found.remote

    @override
    def publish(self, connection: Connection, post: Post) -> Remote:
        wiki, base = self._signed_in(connection)
        posts = Posts(wiki)
        found = posts.look_up(title_of(base, post.key))
        if found.state == "gone" and not found.was_deleted:
            posts.create(found, post)
            with already_out():
                found = posts.look_up(found.title)
        return found.remote

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        wiki, _ = self._signed_in(connection)
        return Posts(wiki).replace(remote_id, post)

    @override
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        """Delete the page and its pictures: only administrators can still see them.

        Where the user may not delete, the page is emptied and an error says that its
        history still shows the post. The talk page stays, as others wrote it.
        """
        wiki, _ = self._signed_in(connection)
        Posts(wiki).remove(remote_id)

    @override
    def read(self, connection: Connection, remote_id: str) -> Reading:
        wiki, _ = self._signed_in(connection)
        found = Posts(wiki).look_up(remote_id)
        if found.state == "gone":
            return Reading("gone")
        parsed = wiki.ask(
            action="parse",
            page=found.title,
            prop="text",
            disableeditsection="1",
            disablelimitreport="1",
        ).parse
        html = parsed.text if parsed else ""
        alts = read(html, found.url).alts
        return Reading(found.state, found.url, found.heading, html, alts)

    @override
    def comments(self, connection: Connection, cursor: str) -> Comments:
        return self._talk(connection).since(cursor)

    @override
    def reply(self, connection: Connection, comment_id: str, post: Post) -> Remote:
        return self._talk(connection).answer(comment_id, post)

    @override
    def correct_reply(
        self, connection: Connection, reply_id: str, post: Post
    ) -> Remote:
        return self.reply(connection, reply_id, post)

    @override
    def withdraw_reply(self, connection: Connection, reply_id: str) -> None:
        self.hide(connection, reply_id)

    @override
    def hide(self, connection: Connection, comment_id: str) -> None:
        """Take its lines out of the page; the page's history keeps them."""
        self._talk(connection).hide(comment_id)

    @override
    def show(self, connection: Connection, comment_id: str) -> None:
        self._talk(connection).show(comment_id)

    def _talk(self, connection: Connection) -> Talk:
        return Talk(*self._signed_in(connection))

    def _signed_in(self, connection: Connection) -> tuple[Wiki, str]:
        """The wiki, and the title of the account's page there."""
        wiki = wiki_at(connection.base_url, self._http)
        base = wiki.title_of(connection.base_url)
        wiki.sign_in(connection)
        return wiki, base


channel = MediaWiki()
