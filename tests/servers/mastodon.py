"""A stand-in for a Mastodon server: its answers follow the documented API.

No Mastodon server can be installed from the package registries, so nothing here was
seen at a real one; the shapes are those of https://docs.joinmastodon.org/methods/.
It can be told to misbehave as servers that only resemble Mastodon do.
"""

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.servers.flaky import answer
from wardline.channels import Connection, Remote

HOSPITAL = {"id": "1", "username": "hospital", "acct": "hospital", "display_name": ""}
VISITOR = {
    "id": "2",
    "username": "ann",
    "acct": "ann@elsewhere.example",
    "display_name": "Ann",
}
Json = dict[str, Any]
Headers = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class MastodonServer:
    """One server with one account of ours and a visitor; all it holds is in memory."""

    url: str = ""
    statuses: dict[str, Json] = field(default_factory=dict)
    history: dict[str, list[str]] = field(default_factory=dict)
    media: dict[str, Json] = field(default_factory=dict)
    mentions: list[Json] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    scopes: list[str] | None = field(default_factory=lambda: ["read", "write"])
    limits: Json = field(default_factory=dict)
    refuses: tuple[int, Headers] | None = None
    ignores_keys: bool = False
    edits_reset_visibility: bool = False
    polls_before_ready: int = 0
    last_id: int = 100
    bio: str | None = "From Cardiology."

    @property
    def connection(self) -> Connection:
        return Connection(f"{self.url}/@hospital", "hospital", "the access token")

    def next_id(self) -> str:
        """Ids grow with time, as Mastodon's do."""
        self.last_id += 1
        return str(self.last_id)

    def add(self, account: Json, sent: Json) -> Json:
        """Keep a status and answer as the entity Status."""
        id_ = self.next_id()
        url = f"{self.url}/@{account['username']}/{id_}"
        self.statuses[id_] = {
            "id": id_,
            "created_at": dt.datetime.now(dt.UTC).isoformat(),
            "in_reply_to_id": sent.get("in_reply_to_id"),
            "visibility": sent.get("visibility", "public"),
            "account": account,
            "uri": url,
            "url": url,
            "mentions": [],
        }
        self.fill(self.statuses[id_], sent)
        return self.statuses[id_]

    def fill(self, status: Json, sent: Json) -> None:
        """What a new status and an edit have alike: all fields are replaced."""
        text = sent.get("status", "").strip()
        self.history.setdefault(status["id"], []).append(text)
        paragraphs = (escape(part, quote=False) for part in text.split("\n\n"))
        status["content"] = "".join(f"<p>{part}</p>" for part in paragraphs)
        status["sensitive"] = sent.get("sensitive") or False
        status["spoiler_text"] = sent.get("spoiler_text") or ""
        status["language"] = sent.get("language") or "en"
        ids = sent.get("media_ids") or []
        status["media_attachments"] = [self.media[id_] for id_ in ids]

    def comment(
        self,
        remote: Remote,
        text: str,
        visibility: str = "public",
        *,
        names: bool = True,
    ) -> str:
        """The visitor answers a status; we hear of it only where they name us."""
        sent = {"status": text, "in_reply_to_id": remote.id, "visibility": visibility}
        status = self.add(VISITOR, sent)
        if names:
            self.mention(status)
        return str(status["id"])

    def mention(self, status: Json) -> None:
        self.mentions.append(
            {"id": self.next_id(), "type": "mention", "status": status}
        )

    def by_us(self) -> list[str]:
        """The words of our statuses, the oldest first."""
        ours = (s for s in self.statuses.values() if s["account"] is HOSPITAL)
        return [self.history[status["id"]][-1] for status in ours]

    def below(self, id_: str) -> list[Json]:
        """Every status under this one."""
        found: list[Json] = []
        for status in self.statuses.values():
            if status["in_reply_to_id"] in {id_, *(each["id"] for each in found)}:
                found.append(status)
        return found

    def above(self, id_: str) -> list[Json]:
        """The thread over this one, from its first."""
        parent = self.statuses.get(self.statuses[id_]["in_reply_to_id"] or "")
        return [*self.above(parent["id"]), parent] if parent else []


@contextmanager
def serving() -> Iterator[MastodonServer]:
    """The server, until the test ends."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server = MastodonServer(f"http://127.0.0.1:{http.server_port}")
    http.mastodon = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@pytest.fixture
def mastodon(monkeypatch: pytest.MonkeyPatch) -> Iterator[MastodonServer]:
    monkeypatch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
    with serving() as server:
        yield server


class _Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        self._server: MastodonServer = self.server.mastodon  # type: ignore[attr-defined]
        self._body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._server.seen.append(f"{self.command} {self.path}")
        self.wfile.write(self._routed())
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815  http.server's names

    def _routed(self) -> bytes:
        server, path = self._server, urlsplit(self.path).path
        if server.refuses:
            return _said({"error": "Too many requests"}, *server.refuses)
        signed_in = self.headers.get("Authorization") == "Bearer the access token"
        if not signed_in and path != "/api/v1/accounts/lookup":
            return _said({"error": "The access token is invalid"}, 401)
        for method, pattern, name in _ROUTES:
            match = re.fullmatch(pattern, path)
            if match and self.command == method:
                found: bytes = getattr(self, name)(*match.groups())
                return found
        return _said({"error": "Record not found"}, 404)

    def _instance(self) -> bytes:
        return _said({"domain": "127.0.0.1", "configuration": self._server.limits})

    def _whoami(self) -> bytes:
        bio = self._server.bio
        return _said(HOSPITAL | ({} if bio is None else {"source": {"note": bio}}))

    def _look_up(self) -> bytes:
        words = escape(self._server.bio or "", quote=False).replace("\n", "<br>")
        linked = re.sub(r"https://[^\s<]+", r'<a href="\g<0>">\g<0></a>', words)
        return _said(HOSPITAL | {"note": f"<p>{linked}</p>"})

    def _describe(self) -> bytes:
        self._server.bio = json.loads(self._body)["note"]
        return self._whoami()

    def _app(self) -> bytes:
        scopes = self._server.scopes
        return _said({"name": "Wardline"} | ({"scopes": scopes} if scopes else {}))

    def _newest(self, account: str) -> bytes:
        statuses = reversed(self._server.statuses.values())
        return _said(
            [each for each in statuses if each["account"]["id"] == account][:40]
        )

    def _create(self) -> bytes:
        server, sent = self._server, json.loads(self._body)
        key = "" if server.ignores_keys else self.headers.get("Idempotency-Key", "")
        if key in server.keys:
            return _said(server.statuses[server.keys[key]])
        if not sent["status"] and not sent.get("media_ids"):
            return _said({"error": "Validation failed: Text can't be blank"}, 422)
        status = server.add(HOSPITAL, sent)
        if key:
            server.keys[key] = status["id"]
        return _said(status)

    def _status(self, id_: str) -> bytes:
        status = self._server.statuses.get(id_)
        return _said(status) if status else _said({"error": "Record not found"}, 404)

    def _edit(self, id_: str) -> bytes:
        status = self._server.statuses.get(id_)
        if not status:
            return _said({"error": "Record not found"}, 404)
        self._server.fill(status, json.loads(self._body))
        if self._server.edits_reset_visibility:
            status["visibility"] = "private"
        return _said(status)

    def _delete(self, id_: str) -> bytes:
        status = self._server.statuses.pop(id_, None)
        return _said(status) if status else _said({"error": "Record not found"}, 404)

    def _source(self, id_: str) -> bytes:
        return _said({"id": id_, "text": self._server.history[id_][-1]})

    def _context(self, id_: str) -> bytes:
        server = self._server
        if id_ not in server.statuses:
            return _said({"error": "Record not found"}, 404)
        return _said({"ancestors": server.above(id_), "descendants": server.below(id_)})

    def _notifications(self) -> bytes:
        query = parse_qs(urlsplit(self.path).query)
        after, limit = int(query["min_id"][0]), int(query["limit"][0])
        later = [one for one in self._server.mentions if int(one["id"]) > after]
        return _said(later[:limit][::-1])

    def _upload(self) -> bytes:
        kind = self.headers["Content-Type"].encode()
        form = message_from_bytes(
            b"Content-Type: " + kind + b"\r\n\r\n" + self._body, policy=HTTP
        )
        (words,) = (
            str(part.get_payload())
            for part in form.walk()
            if part.get_param("name", header="content-disposition") == "description"
        )
        id_ = self._server.next_id()
        self._server.media[id_] = {"id": id_, "type": "image", "description": words}
        return _said(
            self._server.media[id_], 202 if self._server.polls_before_ready else 200
        )

    def _media(self, id_: str) -> bytes:
        self._server.polls_before_ready -= 1
        waiting = self._server.polls_before_ready > 0
        return answer(206) if waiting else _said(self._server.media[id_])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
        """Say nothing."""


_ROUTES = (
    ("GET", "/api/v2/instance", "_instance"),
    ("GET", "/api/v1/accounts/verify_credentials", "_whoami"),
    ("GET", "/api/v1/accounts/lookup", "_look_up"),
    ("PATCH", "/api/v1/accounts/update_credentials", "_describe"),
    ("GET", "/api/v1/apps/verify_credentials", "_app"),
    ("GET", "/api/v1/accounts/([0-9]+)/statuses", "_newest"),
    ("POST", "/api/v1/statuses", "_create"),
    ("GET", "/api/v1/statuses/([0-9]+)", "_status"),
    ("PUT", "/api/v1/statuses/([0-9]+)", "_edit"),
    ("DELETE", "/api/v1/statuses/([0-9]+)", "_delete"),
    ("GET", "/api/v1/statuses/([0-9]+)/source", "_source"),
    ("GET", "/api/v1/statuses/([0-9]+)/context", "_context"),
    ("GET", "/api/v1/notifications", "_notifications"),
    ("POST", "/api/v2/media", "_upload"),
    ("GET", "/api/v1/media/([0-9]+)", "_media"),
)


def _said(body: object, status: int = 200, headers: Headers = ()) -> bytes:
    content = json.dumps(body).encode()
    return answer(status, content, headers, Content_Type="application/json")
