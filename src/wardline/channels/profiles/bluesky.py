"""Bluesky: the profile record of an account, through the AT Protocol.

https://docs.bsky.app/docs/api/com-atproto-repo-get-record
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from typing_extensions import override

from wardline.channels.about import Gone, Link, Profile, Site, links_in, longer
from wardline.channels.bluesky_api import (
    PUBLIC,
    Account,
    Record,
    Server,
    Uri,
    actor,
    fine,
    origin,
    problem,
)
from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Http

_PROFILE = "app.bsky.actor.profile"
_ROOM = 256  # graphemes; counting characters instead never gives too many


class _Did(msgspec.Struct):
    did: str


class Bluesky(Site):
    """Signed in with the handle and an app password."""

    label = "Bluesky"
    longest = _ROOM
    counted_in = "graphemes"
    writes = True

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def read(self, url: str) -> Profile:
        server = Server(origin(url, PUBLIC), self._http)
        name = actor(url)
        did = name if name.startswith("did:") else _resolve(server, name)
        value = _profile(server, did)
        if value is None:
            _check_open(server, did)
        text, website = _text(value, "description"), _text(value, "website")
        return Profile(
            text=text,
            links=tuple(filter(None, (*links_in(text), website))),
            url=url,
            name=_text(value, "displayName"),
            handle="" if name == did else name,
            platform_id=did,
        )

    @override
    def add(self, connection: Connection, links: Sequence[Link]) -> None:
        account = Account(connection, self._http)
        record = account.get(Uri(account.did, _PROFILE, "self"))
        value = record.value if record else {}
        description = longer(_text(value, "description"), links, _ROOM)
        old = record.cid if record else None
        if not account.put(
            _PROFILE, "self", {**value, "description": description}, old
        ):
            message = "Somebody changed the profile at this moment. Try again."
            raise ChannelError(message, permanent=False)


site = Bluesky()


def _resolve(server: Server, handle: str) -> str:
    params = {"handle": handle}
    answer = server.call("com.atproto.identity.resolveHandle", params=params)
    if answer.status == HTTPStatus.BAD_REQUEST:
        message = f"Nobody has the handle {handle} any more."
        raise Gone(message)
    return fine(answer).decoded(_Did).did


def _profile(server: Server, did: str) -> dict[str, Any] | None:
    """The record; None where the account never filled it in."""
    params = {"repo": did, "collection": _PROFILE, "rkey": "self"}
    answer = server.call("com.atproto.repo.getRecord", params=params)
    return None if problem(answer).missing else fine(answer).decoded(Record).value


def _check_open(server: Server, did: str) -> None:
    """Tell a profile that was never filled in from a closed account."""
    if server.origin == PUBLIC:
        answer = server.call("app.bsky.actor.getProfile", params={"actor": did})
    else:
        answer = server.call("com.atproto.repo.describeRepo", params={"repo": did})
    if answer.status == HTTPStatus.BAD_REQUEST:
        raise Gone("The account was closed, or taken down by Bluesky.")


def _text(value: Mapping[str, object] | None, name: str) -> str:
    """A field of the record, or ""."""
    found = (value or {}).get(name)
    return found if isinstance(found, str) else ""
