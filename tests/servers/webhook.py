"""The receiver of docs/webhook.md, run as it stands there, and one with comments."""

import datetime as dt
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from wardline.channels import Connection, Remote

PAGE = Path(__file__).parents[2] / "docs" / "webhook.md"
SECRET = "whsec_" + "c2VjcmV0IG9mIHRoZSB0ZXN0cyBhbmQgb2Ygbm9ib2R5"
Json = dict[str, Any]


@dataclass(slots=True)
class Receiver:
    """The example at `url`; `names` is its module, `comments` what visitors wrote."""

    url: str
    names: Json
    comments: dict[str, Json] = field(default_factory=dict)

    @property
    def connection(self) -> Connection:
        return Connection(self.url, secret=SECRET)

    @property
    def posts(self) -> dict[str, Json]:
        found: dict[str, Json] = self.names["posts"]
        return found

    def learn_comments(self) -> None:
        """What the example leaves out, as a site with comments would do it."""
        self.names["CAN"] |= {
            "comments": self._since,
            "reply": lambda data: self._add(
                data["comment_id"], data["text"], parent=data["comment_id"], ours=True
            ),
            "hide": lambda data: self._set(data, "hidden"),
            "show": lambda data: self._set(data, "public"),
            "delete": lambda data: self.comments.pop(data["comment_id"], None) and {},
        }

    def comment(self, remote: Remote, text: str) -> str:
        return str(self._add(remote.id, text)["id"])

    def _add(
        self, under: str, text: str, *, parent: str = "", ours: bool = False
    ) -> Json:
        number = str(len(self.comments) + 1)
        url = f"https://site.example/#{number}"
        self.comments[number] = {
            "id": number,
            "post_id": self.comments[parent]["post_id"] if parent else under,
            "parent_id": parent,
            "author": "Our site" if ours else "Ann",
            "author_id": "1" if ours else "2",
            "at": dt.datetime.now(dt.UTC).isoformat(),
            "url": url,
            "text": text,
            "state": "public",
            "ours": ours,
        }
        return {"id": number, "url": url}

    def _since(self, data: Json) -> Json:
        after = int(data["cursor"] or 0)
        items = [one for one in self.comments.values() if int(one["id"]) > after]
        return {"items": items, "cursor": items[-1]["id"] if items else data["cursor"]}

    def _set(self, data: Json, state: str) -> Json:
        self.comments[data["comment_id"]]["state"] = state
        return {}


@contextmanager
def receiving() -> Iterator[Receiver]:
    """The example at work, until the block ends."""
    (example,) = re.findall(r"```python\n(.+?)```", PAGE.read_text(), re.DOTALL)
    names: Json = {"__name__": "receiver"}
    exec(compile(example, PAGE, "exec"), names)  # noqa: S102  our own example
    with make_server("127.0.0.1", 0, names["receiver"], handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        try:
            yield Receiver(f"http://127.0.0.1:{server.server_port}/wardline", names)
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
    monkeypatch.setitem(os.environ, "WEBHOOK_SECRET", SECRET)
    with receiving() as server:
        yield server


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
        """Say nothing."""
