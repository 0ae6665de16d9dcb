"""WordPress through its REST API, signed in with an application password.

WordPress knows no idempotency key and turns a repeated slug silently into `slug-2`.
So the key is the slug: a post is looked up by it, created as a draft, looked up again
so that one draft is left, and only then made public by an update that may be repeated.
Whatever answer is lost on the way, at most one post is ever public.
https://developer.wordpress.org/rest-api/reference/posts/
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
from wardline.channels.post import Comments, Post, Reading, Remote
from wardline.channels.wordpress_comments import Threads
from wardline.channels.wordpress_pictures import Album
from wardline.channels.wordpress_posts import Posts, best
from wardline.channels.wordpress_site import Site

_MOST_PICTURES = 20  # our own limit: one upload each, within one delivery


class WordPress(Channel):
    """A blog; the user should have the role Author and nothing more."""

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    capabilities = Capabilities(
        label="WordPress",
        kind="blog",
        edit=True,
        delete=True,
        strikethrough=True,
        html=True,
        media=_MOST_PICTURES,
        media_kinds=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        comments=True,
        hides=True,
        deletes=True,
        replies=True,
        idempotency=True,
    )

    @override
    def check(self, connection: Connection) -> Identity:
        user = self._site(connection).whoami()
        if not user.capabilities.get("publish_posts"):
            message = (
                f"WordPress knows {user.name}, who may not publish there. "
                "Give the user the role Author in WordPress."
            )
            raise ChannelError(message, permanent=True)
        return Identity(str(user.id), user.name)

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        posts = Posts(self._site(connection))
        kept = best(posts.look_up(key))
        return posts.remote(kept) if kept and kept.status == "publish" else None

    @override
    def publish(self, connection: Connection, post: Post) -> Remote:
        site = self._site(connection)
        posts = Posts(site)
        kept = posts.keep_one(post.key)
        if kept is None:
            posts.create(post)
            kept = posts.keep_one(post.key)
        if kept is None:
            message = (
                "WordPress took the post as a draft but does not show it under its "
                f"short name {post.key}. See whether a plugin changes short names."
            )
            raise ChannelError(message, permanent=True)
        if kept.status != "publish":
            number = str(kept.id)
            figures = Album(site, number).figures(post) if post.media else ""
            kept = posts.replace(number, post, figures, status="publish")
        return posts.remote(kept)

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        site = self._site(connection)
        posts, album = Posts(site), Album(site, remote_id)
        item = posts.replace(remote_id, post, album.figures(post))
        with already_out():
            album.drop_all_but(post.media)
        return posts.remote(item)

    @override
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        """Into the site's trash, where its own people see it; its pictures for good."""
        site = self._site(connection)
        Posts(site).remove(remote_id)
        Album(site, remote_id).drop_all_but()

    @override
    def read(self, connection: Connection, remote_id: str) -> Reading:
        posts = Posts(self._site(connection))
        item = posts.fetch(remote_id)
        if item is None:
            return Reading("gone")
        url, html = posts.remote(item).url, item.content.rendered
        return Reading(
            "public" if item.status == "publish" else "hidden",
            url,
            item.title.rendered,
            html,
            read(html, url).alts,
        )

    @override
    def comments(self, connection: Connection, cursor: str) -> Comments:
        return Threads(self._site(connection)).since(cursor)

    @override
    def reply(self, connection: Connection, comment_id: str, post: Post) -> Remote:
        return Threads(self._site(connection)).answer(comment_id, post)

    @override
    def correct_reply(
        self, connection: Connection, reply_id: str, post: Post
    ) -> Remote:
        return self.reply(connection, reply_id, post)

    @override
    def withdraw_reply(self, connection: Connection, reply_id: str) -> None:
        self.delete(connection, reply_id)

    @override
    def comment_at(self, url: str, home: str) -> str:
        site, _, number = url.partition("#comment-")
        return number if number.isdigit() and site.startswith(home) else ""

    @override
    def hide(self, connection: Connection, comment_id: str) -> None:
        Threads(self._site(connection)).moderate(comment_id, "hold")

    @override
    def show(self, connection: Connection, comment_id: str) -> None:
        Threads(self._site(connection)).moderate(comment_id, "approved")

    @override
    def delete(self, connection: Connection, comment_id: str) -> None:
        Threads(self._site(connection)).delete(comment_id)

    def _site(self, connection: Connection) -> Site:
        return Site(connection, self._http or Http())


channel = WordPress()
