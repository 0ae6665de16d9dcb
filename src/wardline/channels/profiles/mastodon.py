"""Mastodon, and sites that speak its API: the bio and the fields beside it.

https://docs.joinmastodon.org/methods/accounts/#lookup
"""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec
from typing_extensions import override

from wardline.channels.about import Gone, Link, Profile, Site, longer
from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Http
from wardline.channels.hypertext import read
from wardline.channels.mastodon_api import Server, ourselves

_ROOM = 500  # characters, unless a server gives more


class _Field(msgspec.Struct):
    name: str = ""
    value: str = ""


class _Moved(msgspec.Struct):
    url: str


class _Account(msgspec.Struct):
    id: str
    username: str
    display_name: str = ""
    note: str = ""
    fields: list[_Field] = []
    moved: _Moved | None = None
    suspended: bool = False


class Mastodon(Site):
    """Read without signing in; the token that adds to it may `write:accounts`."""

    label = "Mastodon"
    longest = _ROOM
    writes = True

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def read(self, url: str) -> Profile:
        account = self._look_up(url)
        note, *fields = (
            read(html, url)
            for html in (account.note, *(each.value for each in account.fields))
        )
        links = (link for part in (note, *fields) for link in part.links)
        return Profile(
            text=note.text,
            links=tuple(dict.fromkeys(links)),
            url=account.moved.url if account.moved else url,
            name=account.display_name,
            handle=account.username,
            platform_id=account.id,
        )

    @override
    def add(self, connection: Connection, links: Sequence[Link]) -> None:
        server = Server(connection, self._http or Http())
        bio = ourselves(server, connection).source
        if bio is None:
            message = (
                "The server does not tell the description as it was written, so "
                "nothing was changed: add the links there yourself."
            )
            raise ChannelError(message, permanent=True)
        server.describe(longer(bio.note, links, _ROOM))

    def _look_up(self, url: str) -> _Account:
        parts = urlsplit(url)
        handle = parts.path.strip("/").partition("/")[0].removeprefix("@")
        answer = (self._http or Http()).request(
            "GET",
            f"{parts.scheme}://{parts.netloc}/api/v1/accounts/lookup",
            params={"acct": handle},
        )
        account = _account(answer)
        if account is None or account.suspended:
            message = f"{answer.host} has no account {handle} any more."
            raise Gone(message)
        return account


site = Mastodon()


def _account(answer: Answer) -> _Account | None:
    if answer.status == HTTPStatus.OK:
        return answer.decoded(_Account)
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        # Mastodon says in JSON that it knows no such account; what answers otherwise
        # knows no such address.
        answer.decoded(dict[str, object])
        return None
    message = (
        f"{answer.host} does not show the profile to Wardline (status "
        f"{answer.status}). Look at it yourself and attest what it says."
    )
    raise ChannelError(message, permanent=True)
