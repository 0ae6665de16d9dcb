"""What others wrote under our posts at Bluesky, and what of it is hidden.

Bluesky's own servers, and others that work with its app view, are asked for the
account's notifications and for its own replies. A server without an app view keeps no
such lists: there, the posts of each of its accounts that changed since are read.
https://docs.bsky.app/docs/api/app-bsky-notification-list-notifications
https://docs.bsky.app/docs/api/com-atproto-sync-list-repos
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar

import msgspec

from wardline.channels.bluesky_api import Account, Uri, fine, moment_of, problem
from wardline.channels.post import Comment, Comments

POST, GATE = "app.bsky.feed.post", "app.bsky.feed.threadgate"
_NOTIFICATIONS = "app.bsky.notification.listNotifications"
_NO_APP_VIEW = "No service configured"
_START = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_OVERLAP = dt.timedelta(minutes=10)
"""Read twice, because a server may list late what came early."""


class Ref(msgspec.Struct):
    """One version of a record."""

    uri: str
    cid: str


class Reply(msgspec.Struct):
    """What a post answers, and where the thread began."""

    root: Ref
    parent: Ref


class _Post(msgspec.Struct):
    text: str = ""
    createdAt: str = ""  # noqa: N815  (its name there)
    reply: Reply | None = None


class _Author(msgspec.Struct):
    did: str
    handle: str


class _Written(msgspec.Struct):
    """One post, as an app view lists it."""

    uri: str
    author: _Author
    record: dict[str, Any]
    indexedAt: dt.datetime  # noqa: N815


class _Item(msgspec.Struct):
    post: _Written
    reason: object = None
    """Why it stands there though it is not new: a repost or a pin."""


class _Notifications(msgspec.Struct):
    written: list[_Written] = msgspec.field(name="notifications")
    cursor: str = ""


class _Feed(msgspec.Struct):
    feed: list[_Item]
    cursor: str = ""

    @property
    def written(self) -> list[_Written]:
        return [item.post for item in self.feed if not item.reason]


class _Repo(msgspec.Struct):
    did: str
    rev: str = ""
    active: bool = True


class _Repos(msgspec.Struct):
    repos: list[_Repo]
    cursor: str = ""


class _Kept(msgspec.Struct):
    uri: str
    value: dict[str, Any]


class _Records(msgspec.Struct):
    records: list[_Kept]
    cursor: str = ""


class _Page(Protocol):
    cursor: str


Page = TypeVar("Page", bound=_Page)


def comments(account: Account, cursor: str) -> Comments:
    """All since the cursor, which is a time: that of the newest, less an overlap."""
    since = dt.datetime.fromisoformat(cursor) if cursor else _START
    written, newest = _since(account, since)
    hidden = _hidden(account) if written else frozenset()
    found = [_comment(account.did, one, hidden) for one in written]
    items = sorted(filter(None, found), key=lambda one: (one.at, one.id))
    return Comments(tuple(items), max(since, newest - _OVERLAP).isoformat())


def reply_of(value: Mapping[str, Any]) -> Reply | None:
    """What the post of this record answers."""
    try:
        return msgspec.convert(value, _Post).reply
    except msgspec.ValidationError:
        return None


def _since(account: Account, since: dt.datetime) -> tuple[list[_Written], dt.datetime]:
    """Everything that may be a reply to us, and the time of the newest."""
    first = account.call(_NOTIFICATIONS, params={"limit": "1"})
    if problem(first).names(_NO_APP_VIEW):
        return _walk(account, since)
    ours = {"actor": account.did, "filter": "posts_with_replies"}
    pages = (
        _pages(account, _NOTIFICATIONS, _Notifications, reasons="reply"),
        _pages(account, "app.bsky.feed.getAuthorFeed", _Feed, **ours),
    )
    written = [one for each in pages for one in _newest(each, since)]
    return written, max((one.indexedAt for one in written), default=_START + _OVERLAP)


def _newest(
    pages: Iterator[_Notifications] | Iterator[_Feed], since: dt.datetime
) -> Iterator[_Written]:
    """Those since then, of lists that begin with the newest."""
    for page in pages:
        yield from (one for one in page.written if one.indexedAt >= since)
        if any(one.indexedAt < since for one in page.written):
            return


def _walk(account: Account, since: dt.datetime) -> tuple[list[_Written], dt.datetime]:
    written, newest = [], _START + _OVERLAP
    for page in _pages(account, "com.atproto.sync.listRepos", _Repos):
        for repo in page.repos:
            changed = moment_of(repo.rev)
            newest = max(newest, changed)
            if repo.active and changed >= since:
                written += _replies_in(account, repo.did)
    return written, newest


def _replies_in(account: Account, did: str) -> list[_Written]:
    """The replies of one account, with its handle."""
    pages = _pages(
        account, "com.atproto.repo.listRecords", _Records, repo=did, collection=POST
    )
    kept = [one for page in pages for one in page.records if reply_of(one.value)]
    if not kept:
        return []
    params = {"repo": did}
    answer = account.call("com.atproto.repo.describeRepo", params=params)
    author = fine(answer).decoded(_Author)
    now = dt.datetime.now(dt.UTC)
    return [_Written(one.uri, author, one.value, _said(one.value, now)) for one in kept]


def _said(value: Mapping[str, Any], now: dt.datetime) -> dt.datetime:
    """When its author says that it was written; never in the future."""
    try:
        said = dt.datetime.fromisoformat(str(value.get("createdAt")))
        return min(said.astimezone(dt.UTC), now)
    except (ValueError, OverflowError):
        return now


def _hidden(account: Account) -> frozenset[str]:
    """What we took from view, in any of our threads."""
    pages = _pages(
        account,
        "com.atproto.repo.listRecords",
        _Records,
        repo=account.did,
        collection=GATE,
    )
    gates = (one.value for page in pages for one in page.records)
    return frozenset(uri for gate in gates for uri in gate.get("hiddenReplies", ()))


def _comment(did: str, one: _Written, hidden: frozenset[str]) -> Comment | None:
    """As a comment, if it answers a post of ours or stands in a thread of ours."""
    reply = reply_of(one.record)
    above = (reply.root.uri, reply.parent.uri) if reply else ()
    post = next((uri for uri in above if uri.startswith(f"at://{did}/")), "")
    if not reply or not post:
        return None
    return Comment(
        id=one.uri,
        post_id=post,
        parent_id="" if reply.parent.uri == post else reply.parent.uri,
        author=one.author.handle,
        author_id=one.author.did,
        at=one.indexedAt,
        url=page_of(Uri.of(one.uri)),
        text=str(one.record.get("text", "")),
        state="hidden" if one.uri in hidden else "public",
        ours=one.author.did == did,
    )


def page_of(uri: Uri) -> str:
    """Where people read a post, whichever server keeps it and whatever its handle."""
    return f"https://bsky.app/profile/{uri.did}/post/{uri.rkey}"


def _pages(
    account: Account, method: str, shape: type[Page], **params: str
) -> Iterator[Page]:
    """Every page of a list; none of an account that is gone."""
    cursor = ""
    while True:
        where = {"cursor": cursor} if cursor else {}
        answer = account.call(method, params={**params, **where, "limit": "100"})
        if problem(answer).missing:
            return
        page = fine(answer).decoded(shape)
        yield page
        if page.cursor in {"", cursor}:
            return
        cursor = page.cursor
