"""Comments where there is an app view, as at Bluesky's own servers.

No app view can be installed from the registries, so its answers here were not recorded
but written after the documentation; all else is asked of the real server.
https://docs.bsky.app/docs/api/app-bsky-notification-list-notifications
https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.servers.bluesky import BlueskyServer
from tests.servers.flaky import Flaky, Forward, Send, answer
from wardline.channels import Connection
from wardline.channels.bluesky import Bluesky

pytestmark = pytest.mark.xdist_group("bluesky")
VISITOR = {"did": "did:plc:visitor", "handle": "resident.test", "displayName": "R."}


@dataclass
class AppView:
    """What it lists, newest first, two to a page."""

    proxy: Flaky
    server: BlueskyServer
    notifications: list[dict[str, Any]] = field(default_factory=list)
    feed: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, forward: Forward, send: Send) -> None:
        asked = urlsplit(self.proxy.seen[-1].partition(" ")[2])
        lists = {"listNotifications": "notifications", "getAuthorFeed": "feed"}
        name = lists.get(asked.path.rpartition(".")[2])
        if name is None:
            send(forward())
            return
        first = int(parse_qs(asked.query).get("cursor", ["0"])[0])
        listed = getattr(self, name)
        page: dict[str, Any] = {name: listed[first : first + 2]}
        if first + 2 < len(listed):
            page["cursor"] = str(first + 2)
        send(answer(200, json.dumps(page).encode()))

    def view(self, number: int, hour: int, text: str, **author: str) -> dict[str, Any]:
        """A reply to post number 1 of ours."""
        did = author.get("did", VISITOR["did"])
        post = {"uri": self.uri(self.server.official.did, 1), "cid": "bafyreia"}
        return {
            "uri": self.uri(did, number),
            "cid": "bafyreib",
            "author": {**VISITOR, **author},
            "reason": "reply",
            "record": {"text": text, "reply": {"root": post, "parent": post}},
            "isRead": False,
            "indexedAt": f"2026-11-22T{hour:02}:00:00.000Z",
        }

    @staticmethod
    def uri(did: str, number: int) -> str:
        return f"at://{did}/app.bsky.feed.post/3k{number:011}"


@pytest.fixture
def app_view(bluesky: BlueskyServer) -> Iterator[AppView]:
    with Flaky(bluesky.url) as proxy:
        view = AppView(proxy, bluesky)
        proxy.fault = view.answer
        yield view


@pytest.fixture
def connection(bluesky: BlueskyServer, app_view: AppView) -> Connection:
    return replace(bluesky, url=app_view.proxy.url).connection(bluesky.official)


def test_without_replies_the_cursor_stays(
    connection: Connection, app_view: AppView
) -> None:
    none = Bluesky().comments(connection, "")
    assert none.items == ()
    assert Bluesky().comments(connection, none.cursor) == none
    assert not any("listRepos" in line for line in app_view.proxy.seen)


def test_replies_of_others_and_our_own_come_oldest_first_from_all_pages(
    connection: Connection, app_view: AppView
) -> None:
    ours = {"did": app_view.server.official.did, "handle": "council.test"}
    app_view.notifications = [
        app_view.view(number, number, "?") for number in (9, 8, 6, 5, 4)
    ]
    app_view.feed = [{"post": app_view.view(7, 7, "At 9.", **ours)}]
    found = Bluesky().comments(connection, "").items
    assert [one.at.hour for one in found] == [4, 5, 6, 7, 8, 9]
    assert [one.ours for one in found] == [False, False, False, True, False, False]
    assert {one.author for one in found} == {"resident.test", "council.test"}
    assert {one.post_id for one in found} == {app_view.uri(ours["did"], 1)}


def test_what_came_before_the_cursor_is_not_read_again_but_for_ten_minutes(
    connection: Connection, app_view: AppView
) -> None:
    app_view.notifications = [
        app_view.view(number, number, "?") for number in (6, 5, 4, 3, 2, 1)
    ]
    read = Bluesky().comments(connection, "")
    assert read.cursor == "2026-11-22T05:50:00+00:00"
    app_view.notifications.insert(0, app_view.view(7, 7, "New"))
    app_view.proxy.seen.clear()
    later = Bluesky().comments(connection, read.cursor)
    assert [one.at.hour for one in later.items] == [6, 7]
    pages = [line for line in app_view.proxy.seen if "reasons=reply" in line]
    assert len(pages) == 2


def test_a_repost_of_something_old_does_not_end_the_reading(
    connection: Connection, app_view: AppView
) -> None:
    ours = {"did": app_view.server.official.did, "handle": "council.test"}
    repost = {"$type": "app.bsky.feed.defs#reasonRepost"}
    app_view.feed = [
        {"post": app_view.view(1, 1, "Old"), "reason": repost},
        {"post": app_view.view(9, 9, "At 9.", **ours)},
        {"post": app_view.view(8, 8, "At 8.", **ours)},
    ]
    since = Bluesky().comments(connection, "2026-11-22T07:00:00+00:00")
    assert [one.at.hour for one in since.items] == [8, 9]


def test_a_reply_of_another_shape_is_no_comment(
    connection: Connection, app_view: AppView
) -> None:
    app_view.notifications = [
        {**app_view.view(1, 1, "?"), "record": {"reply": "odd"}},
        {**app_view.view(2, 2, "?"), "record": {"text": "A mention"}},
    ]
    assert Bluesky().comments(connection, "").items == ()
