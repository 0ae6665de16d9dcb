"""The comments under our posts at a WordPress site, and our answers to them.

WordPress knows no idempotency key for comments either, and changes their words. So
the key of an answer goes where its author's name leads: the front page, `/#key`.
https://developer.wordpress.org/rest-api/reference/comments/
"""

import datetime as dt
from html import escape

import msgspec

from wardline.channels.contract import ChannelError
from wardline.channels.hypertext import read
from wardline.channels.post import Comment, Comments, Post, Remote
from wardline.channels.wordpress_posts import Posts
from wardline.channels.wordpress_site import COMMENT_GONE, Rendered, Site

_PUBLIC = "approved"


class _Comment(msgspec.Struct):
    """A comment as WordPress describes it; `date_gmt` has no zone."""

    id: int
    post: int
    parent: int
    author: int
    author_name: str
    author_url: str
    date_gmt: dt.datetime
    link: str
    status: str
    content: Rendered

    @property
    def text(self) -> str:
        return read(self.content.rendered, self.link).text


class Threads:
    """All comments of one site that stand under our own posts.

    The role Author may hide and delete there; elsewhere it takes an Editor.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def since(self, cursor: str) -> Comments:
        """A hundred after the cursor, and again the hundred before it.

        One that was held for review keeps its time when it is let through, and clocks
        are put back: so what is new may also be a little older than what we know.
        """
        found = self._page(order="asc", after=_second_before(cursor))
        end = max((f"{each.date_gmt:%Y-%m-%dT%H:%M:%SZ}" for each in found), default="")
        if cursor:
            found = self._page(order="desc", before=cursor)[::-1] + found
        us = self._site.whoami().id
        ours = Posts(self._site).of(us, {each.post for each in found})
        items = {each.id: _told(each, us) for each in found if each.post in ours}
        return Comments(tuple(items.values()), max(cursor, end))

    def answer(self, comment_id: str, post: Post) -> Remote:
        """Our answer to a comment, once for the key of the post."""
        asked = self._fetch(comment_id)
        us = self._site.whoami()
        mark = f"{self._site.base}/#{post.key}"
        sent = self._page(parent=comment_id, author=str(us.id))
        ours = next((each for each in sent if each.author_url == mark), None)
        if ours is None:
            fields = {
                "post": str(asked.post),
                "parent": comment_id,
                "author": str(us.id),
                "author_name": us.name,
                "author_email": us.email,
                "author_url": mark,
                "content": escape(post.text, quote=False),
            }
            answer = self._site.call("POST", "comments", json=fields)
            ours = answer.decoded(_Comment)
        if ours.status != _PUBLIC:
            raise _held()
        return Remote(str(ours.id), ours.link)

    def moderate(self, comment_id: str, status: str) -> None:
        """Set the status "hold" or "approved"."""
        path, fields = _path(comment_id), {"status": status}
        self._site.call("POST", path, json=fields, role="Editor")

    def delete(self, comment_id: str) -> None:
        """Remove it for good; answers to it stay, at the top."""
        path, params = _path(comment_id), {"force": "true"}
        self._site.call(
            "DELETE", path, params=params, accept=COMMENT_GONE, role="Editor"
        )

    def _page(self, **params: str) -> list[_Comment]:
        given = {name: value for name, value in params.items() if value}
        asked = {"status": "all", "per_page": "100", "orderby": "date_gmt", **given}
        answer = self._site.call("GET", "comments", params=asked)
        return answer.decoded(list[_Comment])

    def _fetch(self, comment_id: str) -> _Comment:
        answer = self._site.call("GET", _path(comment_id), role="Editor")
        return answer.decoded(_Comment)


def _told(given: _Comment, us: int) -> Comment:
    return Comment(
        id=str(given.id),
        post_id=str(given.post),
        parent_id=str(given.parent or ""),
        author=given.author_name,
        author_id=str(given.author or ""),
        at=given.date_gmt.replace(tzinfo=dt.UTC),
        url=given.link,
        text=given.text,
        state="public" if given.status == _PUBLIC else "hidden",
        ours=given.author == us,
    )


def _second_before(cursor: str) -> str:
    if not cursor:
        return ""
    moment = dt.datetime.fromisoformat(cursor) - dt.timedelta(seconds=1)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _path(comment_id: str) -> str:
    """Where a comment is; people give its number too, and it leads nowhere else."""
    if not comment_id.isdecimal():
        message = "That is no comment's number. Copy the comment's own address."
        raise ChannelError(message, permanent=True)
    return f"comments/{comment_id}"


def _held() -> ChannelError:
    message = (
        "WordPress has this answer but does not show it: somebody there holds it for "
        "review or removed it. Approve it in WordPress, or word the answer anew."
    )
    return ChannelError(message, permanent=True)
