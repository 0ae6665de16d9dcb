"""Calls to servers of the AT Protocol, on which Bluesky runs.

https://docs.bsky.app/docs/category/http-reference, https://atproto.com/specs/tid
"""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urlsplit

import msgspec
from typing_extensions import override

from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Bearer, Http

PUBLIC, WRITE = "https://public.api.bsky.app", "https://bsky.social"
_MISSING = ("RecordNotFound", "RepoNotFound", "RepoTakendown", "RepoDeactivated")
_MISSING_IN_WORDS = ("Could not locate record", "Could not find repo")
_STALE = ("ExpiredToken", "InvalidToken")
_TID = "234567abcdefghijklmnopqrstuvwxyz"
_TID_SHIFTS = range(60, -1, -5)
_URI = re.compile(r"at://(did:[\w:.%-]+)/([\w.-]+)/([\w.~:-]+)", re.ASCII)


class Session(msgspec.Struct):
    """A sign-in that the server accepted."""

    did: str
    handle: str
    accessJwt: str  # noqa: N815  (its name there)


class Record(msgspec.Struct):
    """What is kept at one place of an account; `cid` names this version of it."""

    value: dict[str, Any]
    uri: str = ""
    cid: str | None = None


class Problem(msgspec.Struct):
    """Why a server refused."""

    error: str = ""
    message: str = ""

    def names(self, *kinds: str) -> bool:
        """Whether it is one of these: servers tell some only in their message."""
        return self.error in kinds or self.message.startswith(kinds)

    @property
    def missing(self) -> bool:
        """Whether what was asked for is not there."""
        return self.names(*_MISSING, *_MISSING_IN_WORDS)


@dataclass(frozen=True, slots=True)
class Uri:
    """Where a record lies: `at://did:plc:…/app.bsky.feed.post/3k…`."""

    did: str
    collection: str
    rkey: str

    @classmethod
    def of(cls, text: str) -> Self:
        """The parts of one.

        Raises:
            ChannelError: it is none.
        """
        if found := _URI.fullmatch(text):
            return cls(*found.groups())
        message = f"{text[:100]!r} names no record of Bluesky; record it anew."
        raise ChannelError(message, permanent=True)

    @override
    def __str__(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.rkey}"


class Server:
    """The calls to one server, as anybody."""

    def __init__(self, origin: str, http: Http | None = None) -> None:
        self.origin = origin
        self._http = http or Http()

    def call(  # noqa: PLR0913  (what a call has)
        self,
        method: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        body: bytes | None = None,
        token: Bearer | None = None,
        harmless: bool = False,
    ) -> Answer:
        """The answer to a procedure with `json` or `body`, else to a query."""
        return self._http.request(
            "GET" if json is None and body is None else "POST",
            f"{self.origin}/xrpc/{method}",
            sign_in=token,
            params=params,
            json=json,
            body=body,
            headers=None if body is None else {"Content-Type": "*/*"},
            private=json is not None and "password" in json,
            harmless=harmless,
        )


class Account:
    """The calls to the server of an account, signed in as it.

    Servers count sign-ins (30 in 5 minutes, 300 a day), so one is kept in memory for
    as long as the server accepts it, and only for the very password that made it.
    """

    _kept: dict[bytes, Session] = {}
    _salt = secrets.token_bytes(32)

    def __init__(self, connection: Connection, http: Http | None = None) -> None:
        self._connection = connection
        self._server = Server(origin(connection.base_url, WRITE), http)
        facts = (self._server.origin, connection.username, connection.secret)
        self._key = hashlib.blake2b("\0".join(facts).encode(), key=self._salt).digest()
        self._session = self._kept.get(self._key) or self._sign_in()
        self._check_who()

    @property
    def did(self) -> str:
        """Who we are, for ever."""
        return self._session.did

    @property
    def handle(self) -> str:
        """Who we are, today."""
        return self._session.handle

    def call(
        self,
        method: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """The answer, whatever it is; bytes that are sent are nothing public yet."""

        def attempt() -> Answer:
            return self._server.call(
                method,
                params=params,
                json=json,
                body=body,
                token=Bearer(self._session.accessJwt),
                harmless=body is not None,
            )

        answer = attempt()
        if problem(answer).names(*_STALE):
            self._session = self._sign_in()
            answer = attempt()
        return answer

    def get(self, uri: Uri) -> Record | None:
        """What lies there, of whomever it is."""
        params = {"repo": uri.did, "collection": uri.collection, "rkey": uri.rkey}
        answer = self.call("com.atproto.repo.getRecord", params=params)
        if problem(answer).missing:
            return None
        return fine(answer).decoded(Record)

    def put(
        self, collection: str, rkey: str, value: Mapping[str, object], old: str | None
    ) -> bool:
        """Put it in place of the version `old`, or of nothing; whether that was so."""
        given = {
            "repo": self.did,
            "collection": collection,
            "rkey": rkey,
            "record": {"$type": collection, **value},
            "swapRecord": old,
        }
        answer = self.call("com.atproto.repo.putRecord", json=given)
        if problem(answer).names("InvalidSwap"):
            return False
        fine(answer)
        return True

    def _sign_in(self) -> Session:
        self._kept.pop(self._key, None)
        given = {
            "identifier": self._connection.username,
            "password": self._connection.secret,
        }
        answer = self._server.call(
            "com.atproto.server.createSession", json=given, harmless=True
        )
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise ChannelError(_why_not(problem(answer)), permanent=True)
        session = fine(answer).decoded(Session)
        self._kept[self._key] = session
        return session

    def _check_who(self) -> None:
        wanted = actor(self._connection.base_url).lower()
        if wanted not in {self.did, self.handle.lower()}:
            message = (
                f"The stored sign-in is that of another account, {self.handle}, and "
                f"not of {wanted}; store the right one."
            )
            raise ChannelError(message, permanent=True)


def origin(url: str, of_bluesky: str) -> str:
    """The server of a profile: `of_bluesky` where its address is at bsky.app."""
    parts = urlsplit(url)
    if parts.hostname in {"bsky.app", "www.bsky.app"}:
        return of_bluesky
    return f"{parts.scheme}://{parts.netloc}"


def actor(url: str) -> str:
    """The handle or DID at the end of `https://bsky.app/profile/…`."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].lstrip("@")


def problem(answer: Answer) -> Problem:
    """Why it was refused; an empty one if it was not."""
    if answer.status < HTTPStatus.BAD_REQUEST:
        return Problem()
    return answer.decoded(Problem)


def fine(answer: Answer) -> Answer:
    """The answer, if it is no refusal.

    Raises:
        ChannelError: it is one.
    """
    if answer.status >= HTTPStatus.BAD_REQUEST:
        said = problem(answer)
        message = f"Bluesky refused this: {said.message[:200] or said.error[:50]}"
        raise ChannelError(message, permanent=True)
    return answer


def rkey_of(key: str) -> str:
    """The record key of a publication: always the same, so it can be there but once.

    Bluesky wants a TID there: 64 bits, the first of them 0, in 13 signs. TIDs hold a
    time; ours hold 63 bits of SHA-256, for two tries of one publication know no common
    time. Bluesky sorts posts by their `createdAt`, not by this.
    """
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1
    return "".join(_TID[number >> shift & 31] for shift in _TID_SHIFTS)


def moment_of(tid: str) -> dt.datetime:
    """The time in a TID that a server gave: its microseconds, before 10 other bits."""
    number = 0
    for sign in tid:
        number = number << 5 | _TID.index(sign)
    return dt.datetime.fromtimestamp((number >> 10) / 1_000_000, dt.UTC)


def _why_not(said: Problem) -> str:
    if said.names("AccountTakedown"):
        return "Bluesky took the account down. Sign in there with its password and ask."
    return (
        "Bluesky refused the app password. Make a new one there (Settings, "
        "Privacy and security, App passwords) and store it with the account."
    )
