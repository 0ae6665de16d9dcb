"""Bluesky through the AT Protocol, signed in with an app password.

A post lies at a place that follows from its publication's key, and is written only
where nothing lies yet: however often it is sent, there is one. Posts there are never
changed, for Bluesky's app would not show it: a correction is a reply to the post.
https://docs.bsky.app/docs/advanced-guides/posts
"""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
from PIL import Image
from typing_extensions import override

from wardline.channels.bluesky_api import (
    Account,
    Record,
    Uri,
    fine,
    rkey_of,
)
from wardline.channels.bluesky_replies import GATE, POST, comments, page_of, reply_of
from wardline.channels.bluesky_text import Facet, facets, html_of
from wardline.channels.contract import (
    Capabilities,
    Channel,
    ChannelError,
    Connection,
    Identity,
    Unsupported,
)
from wardline.channels.http import Http
from wardline.channels.measure import measure
from wardline.channels.plain import plain
from wardline.channels.post import Comments, Media, Post, Reading, Remote

_MOST_BYTES = 3_000
_MOST_HIDDEN = 300
_TRIES = 3


class _Picture(msgspec.Struct):
    alt: str = ""


class _Embed(msgspec.Struct):
    images: list[_Picture] = []


class _Upload(msgspec.Struct):
    blob: dict[str, Any]


class _Shown(msgspec.Struct):
    """What a post of ours shows."""

    text: str
    facets: list[Facet] = []
    embed: _Embed | None = None


class Bluesky(Channel):
    """An account at Bluesky, or at a server of its own."""

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    capabilities = Capabilities(
        label="Bluesky",
        kind="microblog",
        max_length=300,
        counted_in="graphemes",
        titles=False,
        delete=True,
        media=4,
        media_bytes=1_000_000,
        comments=True,
        hides=True,
        replies=True,
        idempotency=True,
    )

    @override
    def text_of(self, post: Post) -> str:
        return plain(post.text)

    @override
    def problems(self, post: Post, url: str) -> Iterator[str]:
        yield from super().problems(post, url)
        text = self.text_of(post)
        over = measure(text, "bytes") - _MOST_BYTES
        if over > 0 and self.length(text) <= (self.capabilities.max_length or 0):
            yield f"Bluesky takes {_MOST_BYTES} bytes: shorten the text by {over}."

    @override
    def check(self, connection: Connection) -> Identity:
        account = self._account(connection)
        return Identity(account.did, account.handle)

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        account = self._account(connection)
        place = Uri(account.did, POST, rkey_of(key))
        return _remote(place) if account.get(place) else None

    @override
    def publish(self, connection: Connection, post: Post) -> Remote:
        return self._once(connection, post, above="")

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        return self._once(connection, post, above=remote_id)

    @override
    def reply(self, connection: Connection, comment_id: str, post: Post) -> Remote:
        return self._once(connection, post, above=comment_id)

    @override
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        account, place = self._account(connection), Uri.of(remote_id)
        if place.did != account.did:
            message = "The post is another account's, who alone can withdraw it."
            raise ChannelError(message, permanent=True)
        given = {"repo": place.did, "collection": POST, "rkey": place.rkey}
        fine(account.call("com.atproto.repo.deleteRecord", json=given))

    @override
    def read(self, connection: Connection, remote_id: str) -> Reading:
        place = Uri.of(remote_id)
        record = self._account(connection).get(place)
        if record is None:
            return Reading("gone")
        shown = msgspec.convert(record.value, _Shown)
        pictures = shown.embed.images if shown.embed else []
        return Reading(
            "public",
            page_of(place),
            html=html_of(shown.text, shown.facets),
            alts=tuple(each.alt for each in pictures),
        )

    @override
    def comments(self, connection: Connection, cursor: str) -> Comments:
        return comments(self._account(connection), cursor)

    @override
    def hide(self, connection: Connection, comment_id: str) -> None:
        account = self._account(connection)
        if record := account.get(Uri.of(comment_id)):
            _change_hidden(account, _root(record), add=comment_id)

    @override
    def show(self, connection: Connection, comment_id: str) -> None:
        account = self._account(connection)
        if record := account.get(Uri.of(comment_id)):
            _change_hidden(account, _root(record), remove=comment_id)

    def _account(self, connection: Connection) -> Account:
        return Account(connection, self._http)

    def _once(self, connection: Connection, post: Post, above: str) -> Remote:
        """Write the post, under another one where `above` is its id, but once."""
        account, rkey = self._account(connection), rkey_of(post.key)
        place = Uri(account.did, POST, rkey)
        if not account.get(place):
            for why_not in self.problems(post, connection.base_url):
                raise Unsupported(why_not)
            text = self.text_of(post)
            record: dict[str, Any] = {"text": text, "createdAt": _now()}
            record["facets"] = facets(text)
            if above:
                record["reply"] = _under(account, Uri.of(above))
            if post.media:
                record["embed"] = _pictures(account, post.media)
            account.put(POST, rkey, record, None)  # or another try just did
        return _remote(place)


channel = Bluesky()


def _remote(place: Uri) -> Remote:
    return Remote(str(place), page_of(place))


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat().replace("+00:00", "Z")


def _under(account: Account, place: Uri) -> dict[str, Any]:
    """What a reply says of the post above it and of the one that began it all."""
    record = account.get(place)
    if record is None:
        message = (
            "The post that this answers is no longer at Bluesky. Withdraw the answer, "
            "or publish it as a post of its own."
        )
        raise ChannelError(message, permanent=True)
    parent = {"uri": record.uri, "cid": record.cid}
    answered = reply_of(record.value)
    root = msgspec.to_builtins(answered.root) if answered else parent
    return {"root": root, "parent": parent}


def _pictures(account: Account, media: tuple[Media, ...]) -> dict[str, Any]:
    images = [
        {
            "alt": each.alt,
            "aspectRatio": _proportions(each),
            "image": _uploaded(account, each),
        }
        for each in media
    ]
    return {"$type": "app.bsky.embed.images", "images": images}


def _uploaded(account: Account, picture: Media) -> dict[str, Any]:
    answer = account.call("com.atproto.repo.uploadBlob", body=picture.content)
    return fine(answer).decoded(_Upload).blob


def _proportions(picture: Media) -> dict[str, int]:
    try:
        with Image.open(BytesIO(picture.content)) as image:
            return {"width": image.width, "height": image.height}
    except (OSError, Image.DecompressionBombError) as error:
        message = f"{picture.name} is no picture that can be read; use another file."
        raise ChannelError(message, permanent=True) from error


def _root(comment: Record) -> Uri:
    """The post that began the thread of a comment."""
    reply = reply_of(comment.value)
    return Uri.of(reply.root.uri if reply else comment.uri)


def _change_hidden(
    account: Account, root: Uri, *, add: str = "", remove: str = ""
) -> None:
    """Change the list of what is hidden under our post, as the list is now."""
    if root.did != account.did:
        message = "Only the account that began the thread can hide replies in it."
        raise Unsupported(message)
    for _ in range(_TRIES):
        gate = account.get(Uri(root.did, GATE, root.rkey))
        empty: dict[str, Any] = {"post": str(root), "createdAt": _now()}
        value = gate.value if gate else empty
        old: list[str] = value.get("hiddenReplies", [])
        new = [uri for uri in old if uri != remove]
        new += [add] if add and add not in old else []
        if new == old:
            return
        if len(new) > _MOST_HIDDEN:
            message = f"Bluesky hides {_MOST_HIDDEN} replies to a post and no more."
            raise Unsupported(message)
        hidden = {**value, "hiddenReplies": new}
        if account.put(GATE, root.rkey, hidden, gate.cid if gate else None):
            return
    message = "Somebody keeps changing what is hidden there. Try again."
    raise ChannelError(message, permanent=False)
