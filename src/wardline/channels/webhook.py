"""Any site that answers our signed requests, as docs/webhook.md describes them.

Signed after https://github.com/standard-webhooks/standard-webhooks
"""

import base64
import binascii
import datetime as dt
import hmac
import json
import uuid
from http import HTTPStatus
from typing import Literal, TypeVar

import msgspec
from typing_extensions import override

from wardline.channels.contract import (
    Capabilities,
    Channel,
    ChannelError,
    Connection,
    Identity,
    Unsupported,
)
from wardline.channels.http import Answer, Http
from wardline.channels.post import Comments, Media, Post, Reading, Remote

_PREFIX = "whsec_"
_READS = frozenset({"check", "find", "read", "comments"})
_WORDS = {
    "comments": "show Wardline the comments",
    "reply": "answer comments",
    "hide": "hide comments",
    "show": "hide comments",
    "delete": "delete comments of others",
}

Shape = TypeVar("Shape")


class _Place(msgspec.Struct):
    id: str
    url: str

    def remote(self) -> Remote:
        return Remote(self.id, self.url)


class _Site(msgspec.Struct):
    id: str
    name: str


class _Shown(msgspec.Struct):
    state: Literal["public", "hidden", "gone"]
    url: str = ""
    title: str = ""
    html: str = ""
    alts: tuple[str, ...] = ()


class _Problem(msgspec.Struct):
    error: str = ""


class Webhook(Channel):
    """A site of our own; the connection's secret is the key that signs."""

    capabilities = Capabilities(
        label="Webhook",
        kind="blog",
        edit=True,
        delete=True,
        strikethrough=True,
        html=True,
        media=10,
        media_bytes=3_000_000,
        comments=True,
        hides=True,
        deletes=True,
        replies=True,
        idempotency=True,
    )

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def check(self, connection: Connection) -> Identity:
        site = self._ask(connection, "check", {}).decoded(_Site)
        return Identity(site.id, site.name)

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        answer = self._ask(connection, "find", {"key": key})
        found: _Place | None = answer.decoded(_Place | None)  # type: ignore[arg-type]  # mypy takes no union for a type
        return found.remote() if found else None

    @override
    def publish(self, connection: Connection, post: Post) -> Remote:
        answer = self._ask(connection, "publish", _sent(post), key=post.key)
        return answer.decoded(_Place).remote()

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        data = {"id": remote_id, **_sent(post)}
        answer = self._ask(connection, "correct", data, key=post.key)
        return answer.decoded(_Place).remote()

    @override
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        self._ask(connection, "withdraw", {"id": remote_id})

    @override
    def read(self, connection: Connection, remote_id: str) -> Reading:
        shown = self._ask(connection, "read", {"id": remote_id}).decoded(_Shown)
        return Reading(shown.state, shown.url, shown.title, shown.html, shown.alts)

    @override
    def comments(self, connection: Connection, cursor: str) -> Comments:
        return self._ask(connection, "comments", {"cursor": cursor}).decoded(Comments)

    @override
    def reply(self, connection: Connection, comment_id: str, post: Post) -> Remote:
        data = {"comment_id": comment_id, **_sent(post)}
        answer = self._ask(connection, "reply", data, key=post.key)
        return answer.decoded(_Place).remote()

    @override
    def hide(self, connection: Connection, comment_id: str) -> None:
        self._ask(connection, "hide", {"comment_id": comment_id})

    @override
    def show(self, connection: Connection, comment_id: str) -> None:
        self._ask(connection, "show", {"comment_id": comment_id})

    @override
    def delete(self, connection: Connection, comment_id: str) -> None:
        self._ask(connection, "delete", {"comment_id": comment_id})

    def _ask(
        self, connection: Connection, what: str, data: dict[str, object], key: str = ""
    ) -> Answer:
        now = dt.datetime.now(dt.UTC)
        message = {"type": what, "timestamp": now.isoformat(), "data": data}
        body = json.dumps(message).encode()
        id_, seconds = f"{what}-{key or uuid.uuid4().hex}", str(int(now.timestamp()))
        answer = (self._http or Http()).request(
            "POST",
            connection.base_url,
            body=body,
            headers={
                "Content-Type": "application/json",
                "webhook-id": id_,
                "webhook-timestamp": seconds,
                "webhook-signature": sign(connection.secret, id_, seconds, body),
            },
            private=True,
            harmless=what in _READS,
        )
        if answer.status == HTTPStatus.NOT_IMPLEMENTED and what in _WORDS:
            message_ = f"{answer.host} lets nobody {_WORDS[what]}."
            raise Unsupported(message_)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise ChannelError(_remedy(answer), permanent=True)
        return answer


channel = Webhook()


def sign(secret: str, id_: str, seconds: str, body: bytes) -> str:
    """The header webhook-signature; "whsec_" stands before a key in base64.

    Raises:
        ChannelError: there is no usable key.
    """
    try:
        if secret.startswith(_PREFIX):
            key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        else:
            key = secret.encode()
    except binascii.Error:
        key = b""
    if not key:
        message = (
            "Record the secret that the site shares with us: whsec_ and base64, as "
            "docs/webhook.md says."
        )
        raise ChannelError(message, permanent=True)
    code = hmac.digest(key, f"{id_}.{seconds}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(code).decode()}"


def _sent(post: Post) -> dict[str, object]:
    return {
        "key": post.key,
        "title": post.title,
        "text": post.text,
        "html": post.html,
        "media": [_picture(each) for each in post.media],
    }


def _picture(media: Media) -> dict[str, str]:
    return {
        "name": media.name,
        "kind": media.kind,
        "alt": media.alt,
        "content": base64.b64encode(media.content).decode(),
    }


def _remedy(answer: Answer) -> str:
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return (
            f"{answer.host} did not accept our signature. Record the same secret on "
            "both sides, and see whether both clocks are right."
        )
    try:
        said = answer.decoded(_Problem).error[:200]
    except ChannelError:
        said = ""
    if said:
        return f"{answer.host} refused this: {said}"
    return (
        f"{answer.host} answered with status {answer.status}. See whether the account's "
        "address is the one that takes our requests."
    )
