"""The calls to one Mastodon server, each a single request, and what they answer.

Written after https://docs.joinmastodon.org/methods/, not after a running server.
Mastodon.py is not used: it brings its own HTTP, which passes by our guard.
"""

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote, urlsplit

import msgspec

from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Bearer, Http
from wardline.channels.post import Media

NEEDED_SCOPES = (
    "read:accounts",
    "read:statuses",
    "read:notifications",
    "write:statuses",
    "write:media",
)
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_MOST_ON_A_PAGE = "40"


class _Bio(msgspec.Struct):
    """The About text as it was written; only its owner is told."""

    note: str = ""


class Account(msgspec.Struct):
    """Somebody; `acct` is the name as one mentions it there, with a host if foreign."""

    id: str
    username: str
    acct: str
    display_name: str = ""
    source: _Bio | None = None


class Attachment(msgspec.Struct):
    """A picture with what it shows."""

    id: str
    description: str | None = None


class Status(msgspec.Struct):
    """A post; `content` is HTML."""

    id: str
    created_at: dt.datetime
    visibility: str
    content: str
    account: Account
    url: str | None = None
    uri: str = ""
    in_reply_to_id: str | None = None
    sensitive: bool = False
    spoiler_text: str = ""
    language: str | None = None
    media_attachments: list[Attachment] = []

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it; "unlisted" is only left out of lists."""
        return self.visibility in {"public", "unlisted"}

    @property
    def alts(self) -> tuple[str, ...]:
        """What its pictures show, in their order."""
        return tuple(each.description or "" for each in self.media_attachments)


class Context(msgspec.Struct):
    """The thread above a status, from its first, and everything below it."""

    ancestors: list[Status] = []
    descendants: list[Status] = []


class Mention(msgspec.Struct):
    """A notification that somebody named us; the id grows with time."""

    id: str
    status: Status | None = None


class Limits(msgspec.Struct):
    """How much a status may hold there."""

    max_characters: int = 500
    max_media_attachments: int = 4


class _Pictures(msgspec.Struct):
    image_size_limit: int | None = None


class _Configuration(msgspec.Struct):
    statuses: Limits = msgspec.field(default_factory=Limits)
    media_attachments: _Pictures = msgspec.field(default_factory=_Pictures)


class Instance(msgspec.Struct):
    """What the server tells about itself."""

    configuration: _Configuration = msgspec.field(default_factory=_Configuration)


class _App(msgspec.Struct):
    scopes: list[str] | None = None  # told since 4.3


class _Source(msgspec.Struct):
    text: str = ""


class _Problem(msgspec.Struct):
    error: str = ""


class Server:
    """The server of one account, spoken to with its access token."""

    def __init__(self, connection: Connection, http: Http) -> None:
        parts = urlsplit(connection.base_url)
        self._root = f"{parts.scheme}://{parts.netloc}"
        self._token = Bearer(connection.secret)
        self._http = http

    def instance(self) -> Instance:
        """What the server tells about itself."""
        return self._call("GET", "v2/instance").decoded(Instance)

    def whoami(self) -> Account:
        """Whose the token is."""
        return self._call("GET", "v1/accounts/verify_credentials").decoded(Account)

    def missing_scopes(self) -> list[str]:
        """What the token may not do; empty too where the server does not tell."""
        scopes = self._call("GET", "v1/apps/verify_credentials").decoded(_App).scopes
        if scopes is None:
            return []
        return [
            each
            for each in NEEDED_SCOPES
            if not {each, each.partition(":")[0]} & {*scopes}
        ]

    def describe(self, text: str) -> None:
        """Put this in place of the account's About text."""
        self._call("PATCH", "v1/accounts/update_credentials", json={"note": text})

    def newest(self, account: Account) -> list[Status]:
        """The account's last statuses, the newest first, without what it shared."""
        params = {"limit": _MOST_ON_A_PAGE, "exclude_reblogs": "true"}
        answer = self._call("GET", f"v1/accounts/{account.id}/statuses", params=params)
        return answer.decoded(list[Status])

    def status(self, id_: str) -> Status | None:
        """A status, None where it is gone."""
        answer = self._call("GET", _path(id_), accept=_GONE)
        return None if answer.status in _GONE else answer.decoded(Status)

    def source(self, id_: str) -> str:
        """The words as they were sent."""
        return self._call("GET", f"{_path(id_)}/source").decoded(_Source).text

    def context(self, id_: str) -> Context:
        """Its thread; empty where it is gone."""
        answer = self._call("GET", f"{_path(id_)}/context", accept=_GONE)
        return Context() if answer.status in _GONE else answer.decoded(Context)

    def mentions(self, after: str) -> list[Mention]:
        """The next of them after an id, or from the start; the newest first."""
        params = {"types[]": "mention", "limit": _MOST_ON_A_PAGE, "min_id": after}
        answer = self._call("GET", "v1/notifications", params=params)
        return answer.decoded(list[Mention])

    def create(self, key: str, fields: Mapping[str, object]) -> Status:
        """Post a status, once within an hour for a key."""
        headers = {"Idempotency-Key": key}
        answer = self._call("POST", "v1/statuses", json=fields, headers=headers)
        return answer.decoded(Status)

    def edit(self, id_: str, fields: Mapping[str, object]) -> None:
        """Put these in place of all fields; the server keeps what was in its history."""
        self._call("PUT", _path(id_), json=fields)

    def remove(self, id_: str) -> None:
        """Delete a status; fine if it is gone."""
        self._call("DELETE", _path(id_), accept=_GONE)

    def upload(self, picture: Media) -> tuple[str, bool]:
        """The picture's id, and whether the server is done with it."""
        answer = self._http.request(
            "POST",
            f"{self._root}/api/v2/media",
            sign_in=self._token,
            form={"description": picture.alt},
            files={"file": (picture.name, picture.content, picture.kind)},
            harmless=True,  # shows nowhere before a status names it
        )
        _judge(answer)
        return answer.decoded(Attachment).id, answer.status == HTTPStatus.OK

    def is_processed(self, media_id: str) -> bool:
        """Whether the server is done with a picture."""
        answer = self._call("GET", f"v1/media/{quote(media_id, safe='')}")
        return answer.status == HTTPStatus.OK

    def _call(  # noqa: PLR0913  (what a request has)
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: frozenset[HTTPStatus] = frozenset(),
    ) -> Answer:
        answer = self._http.request(
            method,
            f"{self._root}/api/{path}",
            sign_in=self._token,
            params=params,
            json=json,
            headers=headers,
        )
        if answer.status not in accept:
            _judge(answer)
        return answer


def ourselves(server: Server, connection: Connection) -> Account:
    """The account of the token, which must be the one whose address we have."""
    account = server.whoami()
    name = urlsplit(connection.base_url).path.strip("/").rpartition("@")[2]
    if name and name.lower() != account.username.lower():
        message = (
            f"The access token is @{account.username}'s, but the account is @{name}. "
            "Make a token while signed in as that account and record it."
        )
        raise ChannelError(message, permanent=True)
    return account


def _path(status_id: str) -> str:
    return f"v1/statuses/{quote(status_id, safe='')}"


def _judge(answer: Answer) -> None:
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise ChannelError(_remedy(answer), permanent=True)


def _remedy(answer: Answer) -> str:
    host = answer.host
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            return (
                f"The access token was refused by {host}. Make a new one there "
                "(Preferences, Development) and record it with the account."
            )
        case HTTPStatus.FORBIDDEN:
            return (
                f"{host} does not let this access token do that. Make one with the "
                f"scopes {', '.join(NEEDED_SCOPES)} (to change the profile, also "
                "write:accounts); or ask whether the account is limited there."
            )
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return (
                f"{host} no longer has it. See whether the account's address is right; "
                "if the post was deleted there, record it as withdrawn."
            )
    try:
        said = answer.decoded(_Problem).error[:200]
    except ChannelError:
        said = "it gave no reason"
    return f"Mastodon refused this: {said} (status {answer.status})"
