"""Bluesky: the profile record of an account, through the AT Protocol.

https://docs.bsky.app/docs/api/com-atproto-repo-get-record
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec
from typing_extensions import override

from wardline.channels.about import Gone, Link, Profile, Site, links_in, wording
from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Bearer, Http

_PROFILE = "app.bsky.actor.profile"
_READ, _WRITE = "https://public.api.bsky.app", "https://bsky.social"
_ROOM = 256  # graphemes; counting characters instead never gives too many
_RECORD, _REPO = "com.atproto.repo.getRecord", "com.atproto.repo.describeRepo"
_VIEW = "app.bsky.actor.getProfile"
_NONE = ("RecordNotFound", "Could not locate record", "Could not find repo")


class _Did(msgspec.Struct):
    did: str


class _Session(msgspec.Struct):
    did: str
    accessJwt: str  # noqa: N815  (its name there)


class _Record(msgspec.Struct):
    value: dict[str, object]
    cid: str | None = None

    def text(self, name: str) -> str:
        """A field of the record, or ""."""
        found = self.value.get(name)
        return found if isinstance(found, str) else ""


class _Problem(msgspec.Struct):
    error: str = ""
    message: str = ""

    def names(self, *kinds: str) -> bool:
        """Whether it is one of these: servers tell some only in their message."""
        return self.error in kinds or self.message.startswith(kinds)


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
        host, actor = _origin(url, _READ), _actor(url)
        did = actor if actor.startswith("did:") else self._resolve(host, actor)
        record = self._record(host, did)
        if record.cid is None:
            self._check_open(host, did)
        text, website = record.text("description"), record.text("website")
        return Profile(
            text=text,
            links=tuple(filter(None, (*links_in(text), website))),
            url=url,
            name=record.text("displayName"),
            handle="" if actor == did else actor,
            platform_id=did,
        )

    @override
    def add(self, connection: Connection, links: Sequence[Link]) -> None:
        host = _origin(connection.base_url, _WRITE)
        session = self._sign_in(host, connection)
        if session.did != self.read(connection.base_url).platform_id:
            message = (
                "The stored sign-in is that of another account; store the right one."
            )
            raise ChannelError(message, permanent=True)
        record = self._record(host, session.did)
        self._put(host, session, record, _longer(record.text("description"), links))

    def _resolve(self, host: str, handle: str) -> str:
        params = {"handle": handle}
        answer = self._call(host, "com.atproto.identity.resolveHandle", params=params)
        if answer.status == HTTPStatus.BAD_REQUEST:
            message = f"Nobody has the handle {handle} any more."
            raise Gone(message)
        return self._fine(answer).decoded(_Did).did

    def _record(self, host: str, did: str) -> _Record:
        """The profile; an empty one where the account never filled it in."""
        params = {"repo": did, "collection": _PROFILE, "rkey": "self"}
        answer = self._call(host, _RECORD, params=params)
        problem = _problem(answer)
        if problem.names(*_NONE):
            return _Record({"$type": _PROFILE})
        return self._fine(answer).decoded(_Record)

    def _check_open(self, host: str, did: str) -> None:
        """Tell a profile that was never filled in from a closed account."""
        if host == _READ:
            answer = self._call(host, _VIEW, params={"actor": did})
        else:
            answer = self._call(host, _REPO, params={"repo": did})
        if answer.status == HTTPStatus.BAD_REQUEST:
            raise Gone("The account was closed, or taken down by Bluesky.")

    def _sign_in(self, host: str, connection: Connection) -> _Session:
        given = {"identifier": connection.username, "password": connection.secret}
        answer = self._call(host, "com.atproto.server.createSession", json=given)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            message = (
                "Bluesky refused the app password. Make a new one there (Settings, "
                "Privacy and security, App passwords) and store it with the account."
            )
            raise ChannelError(message, permanent=True)
        return self._fine(answer).decoded(_Session)

    def _put(self, host: str, session: _Session, record: _Record, text: str) -> None:
        given = {
            "repo": session.did,
            "collection": _PROFILE,
            "rkey": "self",
            "record": {**record.value, "description": text},
            "swapRecord": record.cid,
        }
        token = Bearer(session.accessJwt)
        answer = self._call(host, "com.atproto.repo.putRecord", json=given, token=token)
        if _problem(answer).names("InvalidSwap"):
            message = "Somebody changed the profile at this moment. Try again."
            raise ChannelError(message, permanent=False)
        self._fine(answer)

    def _call(
        self,
        host: str,
        method: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        token: Bearer | None = None,
    ) -> Answer:
        verb, url = "POST" if json else "GET", f"{host}/xrpc/{method}"
        http = self._http or Http()
        private = json is not None and "password" in json
        return http.request(
            verb, url, sign_in=token, params=params, json=json, private=private
        )

    @staticmethod
    def _fine(answer: Answer) -> Answer:
        if answer.status >= HTTPStatus.BAD_REQUEST:
            said = answer.decoded(_Problem).message[:200]
            message = f"Bluesky refused this: {said}"
            raise ChannelError(message, permanent=True)
        return answer


site = Bluesky()


def _origin(url: str, of_bluesky: str) -> str:
    parts = urlsplit(url)
    if parts.hostname in {"bsky.app", "www.bsky.app"}:
        return of_bluesky
    return f"{parts.scheme}://{parts.netloc}"


def _actor(url: str) -> str:
    """The handle or DID at the end of `https://bsky.app/profile/…`."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].lstrip("@")


def _longer(text: str, links: Sequence[Link]) -> str:
    before = f"{text}\n\n" if text else ""
    if more := wording(links, _ROOM - len(before)):
        return before + more
    message = (
        f"The description has {max(_ROOM - len(text), 0)} characters left, which is "
        "too few for the links. Shorten it there, then try again."
    )
    raise ChannelError(message, permanent=True)


def _problem(answer: Answer) -> _Problem:
    if answer.status < HTTPStatus.BAD_REQUEST:
        return _Problem()
    return answer.decoded(_Problem)
