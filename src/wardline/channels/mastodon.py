"""Mastodon and servers that speak its API: plain text that can be edited.

A status carries no mark by which it could be found again, and a server keeps an
`Idempotency-Key` for an hour at most, some ignore it. So before it sends, Wardline
looks through the account's 40 newest statuses of the last day for the same words with
the same pictures, and takes that one for its own: the same words on purpose, twice a
day on one account, become one status. https://docs.joinmastodon.org/methods/statuses/
"""

import datetime as dt
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from typing_extensions import override

from wardline.channels.contract import (
    Capabilities,
    Channel,
    ChannelError,
    Connection,
    Identity,
)
from wardline.channels.http import Http
from wardline.channels.hypertext import read
from wardline.channels.mastodon_api import Server, Status, ourselves
from wardline.channels.mastodon_threads import thread
from wardline.channels.measure import measure
from wardline.channels.plain import plain
from wardline.channels.post import Comment, Comments, Media, Post, Reading, Remote

_WINDOW = dt.timedelta(days=1)
_MOST_POLLS = 15
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}…]", re.IGNORECASE)
_LINK_COUNTS = "x" * 23
_SHOWN_OTHERWISE = re.compile(r"https?://|[@#:]")
_FOREIGN_MENTION = re.compile(r"(?<![\w/])(@\w+)@[\w.-]+\w")


class Mastodon(Channel):
    """One account by its access token, which is the connection's secret."""

    capabilities = Capabilities(
        label="Mastodon",
        kind="microblog",
        max_length=500,
        counted_in="graphemes",
        titles=False,
        edit=True,
        delete=True,
        media=4,
        media_kinds=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        comments=True,
        replies=True,
    )

    def __init__(
        self, http: Http | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._http = http
        self._sleep = sleep
        self._learnt: dict[str, Capabilities] = {}

    @override
    def capabilities_at(self, url: str) -> Capabilities:
        """With the server's own limits, once `check` has asked for them."""
        return self._learnt.get(urlsplit(url).netloc, self.capabilities)

    @override
    def text_of(self, post: Post) -> str:
        return plain(post.text)

    @override
    def length(self, text: str) -> int:
        """A link counts 23, and of @name@host only @name."""
        counted = _LINK.sub(_LINK_COUNTS, text)
        return measure(_FOREIGN_MENTION.sub(r"\1", counted), "graphemes")

    @override
    def check(self, connection: Connection) -> Identity:
        server = self._server(connection)
        account = ourselves(server, connection)
        if lacking := server.missing_scopes():
            message = (
                f"The access token may not {', '.join(lacking)}. "
                "Make one with these scopes too and record it with the account."
            )
            raise ChannelError(message, permanent=True)
        told = server.instance().configuration
        self._learnt[urlsplit(connection.base_url).netloc] = replace(
            self.capabilities,
            max_length=told.statuses.max_characters,
            media=told.statuses.max_media_attachments,
            media_bytes=told.media_attachments.image_size_limit,
        )
        return Identity(account.id, account.display_name or account.username)

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        """Always None: no key is kept with a status, so `publish` looks by itself."""
        ourselves(self._server(connection), connection)
        return None

    @override
    def publish(self, connection: Connection, post: Post) -> Remote:
        server, text = self._server(connection), self.text_of(post)
        newest = server.newest(ourselves(server, connection))
        alts = tuple(picture.alt for picture in post.media)
        first = dt.datetime.now(dt.UTC) - _WINDOW
        status = _same(
            server,
            (
                one
                for one in newest
                if one.created_at > first and not one.in_reply_to_id
            ),
            text,
            alts,
        ) or server.create(
            post.key,
            {
                "status": text,
                "media_ids": self._uploaded(server, post.media),
                "visibility": "public",
            },
        )
        return _remote(_seen_by_all(status))

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        """Edit the status; what an edit would reset is sent along as it was."""
        server, text = self._server(connection), self.text_of(post)
        status = server.status(remote_id)
        if status is None:
            message = "The post is no longer on Mastodon; record it as withdrawn."
            raise ChannelError(message, permanent=True)
        alts = tuple(picture.alt for picture in post.media)
        if not _same(server, [status], text, alts):
            fields = {
                "status": text,
                "media_ids": self._uploaded(server, post.media),
                "visibility": status.visibility,
                "sensitive": status.sensitive,
                "spoiler_text": status.spoiler_text,
                "language": status.language,
            }
            server.edit(remote_id, fields)
            status = server.status(remote_id) or status
        return _remote(_seen_by_all(status))

    @override
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        self._server(connection).remove(remote_id)

    @override
    def read(self, connection: Connection, remote_id: str) -> Reading:
        status = self._server(connection).status(remote_id)
        if status is None:
            return Reading("gone")
        return Reading(
            "public" if status.is_open else "hidden",
            _remote(status).url,
            html=status.content,
            alts=status.alts,
        )

    @override
    def comments(self, connection: Connection, cursor: str) -> Comments:
        """The threads under our posts in which somebody named us since.

        A comment that only we may read comes as "hidden".
        """
        server = self._server(connection)
        us = ourselves(server, connection)
        found: dict[str, Comment] = {}
        while not found and (page := server.mentions(cursor or "0")):
            cursor = page[0].id
            for mention in reversed(page):
                if mention.status and mention.status.id not in found:
                    below = thread(server, us, mention.status)
                    found.update((each.id, each) for each in below)
        return Comments(tuple(sorted(found.values(), key=lambda c: c.at)), cursor)

    @override
    def comment_at(self, url: str, home: str) -> str:
        # A post has another id at every server: only our own one's will do.
        asked, ours = urlsplit(url), urlsplit(home)
        number = asked.path.rpartition("/")[2]
        return number if number.isdigit() and asked.netloc == ours.netloc else ""

    @override
    def reply(self, connection: Connection, comment_id: str, post: Post) -> Remote:
        """Answer, to be seen by those who saw the comment; its writer is named first."""
        server = self._server(connection)
        us, comment = ourselves(server, connection), server.status(comment_id)
        if comment is None:
            message = "The comment is no longer on Mastodon; close the case."
            raise ChannelError(message, permanent=True)
        text = f"@{comment.account.acct} {self.text_of(post)}"
        answers = (
            one
            for one in server.context(comment_id).descendants
            if one.in_reply_to_id == comment_id and one.account.id == us.id
        )
        fields = {
            "status": text,
            "in_reply_to_id": comment_id,
            "visibility": comment.visibility,
        }
        return _remote(
            _same(server, answers, text, ()) or server.create(post.key, fields)
        )

    def _uploaded(self, server: Server, pictures: Iterable[Media]) -> list[str]:
        """The ids of the pictures, once the server is done with each."""
        ids = []
        for picture in pictures:
            media_id, done = server.upload(picture)
            for _ in range(_MOST_POLLS):
                if done:
                    break
                self._sleep(1)
                done = server.is_processed(media_id)
            if not done:
                message = f"The server is still busy with {picture.name}."
                raise ChannelError(message, permanent=False)
            ids.append(media_id)
        return ids

    def _server(self, connection: Connection) -> Server:
        return Server(connection, self._http or Http())


channel = Mastodon()


def _same(
    server: Server, statuses: Iterable[Status], text: str, alts: tuple[str, ...]
) -> Status | None:
    """The first of these with exactly these words and pictures.

    Only the source has the words as they were written, which costs a call each: it is
    asked for where the status begins in the same way.
    """
    for status in statuses:
        shown = read(status.content, status.uri).text
        alike = status.alts == alts and _opening(shown) == _opening(text)
        if alike and server.source(status.id).split() == text.split():
            return status
    return None


def _opening(text: str) -> str:
    """The first letters and digits, as far as no link, name or tag is shown otherwise."""
    return "".join(filter(str.isalnum, _SHOWN_OTHERWISE.split(text)[0]))[:60]


def _seen_by_all(status: Status) -> Status:
    if not status.is_open:
        message = (
            f"The post is on Mastodon, but only for {status.visibility!r}. Look at it "
            "there: a server may limit an account, or change this when a post is "
            "edited. Delete it there, or ask the people who run the server."
        )
        # It is there, for some: nobody may take it for not sent.
        raise ChannelError(message, permanent=True, unknown_outcome=True)
    return status


def _remote(status: Status) -> Remote:
    return Remote(status.id, status.url or status.uri)
