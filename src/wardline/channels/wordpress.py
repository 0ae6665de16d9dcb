"""WordPress through its REST API, signed in with an application password.

WordPress knows no idempotency key and turns a repeated slug silently into `slug-2`.
So the key is the slug: a post is looked up by it, created as a draft, looked up again
so that one draft is left, and only then made public by an update that may be repeated.
Whatever answer is lost on the way, at most one post is ever public.
https://developer.wordpress.org/rest-api/reference/posts/
"""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

import msgspec
from typing_extensions import override

from wardline.channels.contract import (
    Capabilities,
    Channel,
    ChannelError,
    Connection,
    Identity,
)
from wardline.channels.http import Answer, Http
from wardline.channels.post import Post, Reading, Remote

_STATES = "publish,future,draft,pending,private,trash"
_UNFINISHED = frozenset({"draft", "pending", "future"})
_GONE = frozenset({"rest_post_invalid_id", "rest_already_trashed"})
_MOST_TWINS = 9


class _Rendered(msgspec.Struct):
    rendered: str = ""


class _Item(msgspec.Struct):
    """A post as WordPress describes it."""

    id: int
    status: str
    link: str = ""
    title: _Rendered = msgspec.field(default_factory=_Rendered)
    content: _Rendered = msgspec.field(default_factory=_Rendered)


class _User(msgspec.Struct):
    id: int
    name: str
    capabilities: dict[str, bool] = {}


class _Problem(msgspec.Struct):
    code: str = ""
    message: str = ""
    data: object = None


class WordPress(Channel):
    """A blog; the user should have the role Author and nothing more."""

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    capabilities = Capabilities(
        label="WordPress",
        kind="blog",
        edit=True,
        delete=True,
        strikethrough=True,
        html=True,
        idempotency=True,
    )

    @override
    def check(self, connection: Connection) -> Identity:
        user = self._site(connection).whoami()
        if not user.capabilities.get("publish_posts"):
            message = (
                f"WordPress knows {user.name}, who may not publish there. "
                "Give the user the role Author in WordPress."
            )
            raise ChannelError(message, permanent=True)
        return Identity(str(user.id), user.name)

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        site = self._site(connection)
        kept = _best(site.look_up(key))
        return site.remote(kept) if kept and kept.status == "publish" else None

    @override
    def publish(self, connection: Connection, post: Post) -> Remote:
        site = self._site(connection)
        kept = site.keep_one(post.key)
        if kept is None:
            site.create(post)
            kept = site.keep_one(post.key)
        if kept is None:
            message = (
                "WordPress took the post as a draft but does not show it under its "
                f"short name {post.key}. See whether a plugin changes short names."
            )
            raise ChannelError(message, permanent=True)
        if kept.status != "publish":
            kept = site.replace(str(kept.id), post, status="publish")
        return site.remote(kept)

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        site = self._site(connection)
        return site.remote(site.replace(remote_id, post))

    @override
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        self._site(connection).remove(remote_id)

    @override
    def read(self, connection: Connection, remote_id: str) -> Reading:
        site = self._site(connection)
        item = site.fetch(remote_id)
        if item is None:
            return Reading("gone")
        return Reading(
            "public" if item.status == "publish" else "hidden",
            site.remote(item).url,
            item.title.rendered,
            item.content.rendered,
        )

    def _site(self, connection: Connection) -> "_Site":
        return _Site(connection, self._http or Http())


channel = WordPress()


class _Site:
    """The calls to one site, each a single request."""

    def __init__(self, connection: Connection, http: Http) -> None:
        self._connection = connection
        self._base = connection.base_url.rstrip("/")
        self._http = http

    def whoami(self) -> _User:
        return self._call("GET", "users/me", params={"context": "edit"}).decoded(_User)

    def look_up(self, key: str) -> list[_Item]:
        """Every post of this key, lowest id first, whatever became of it."""
        slugs = [key, *(f"{key}-{twin}" for twin in range(2, _MOST_TWINS + 1))]
        slugs += [f"{slug}__trashed" for slug in slugs]
        params = {
            "slug": ",".join(slugs),
            "status": _STATES,
            "context": "edit",
            "per_page": "100",
        }
        items = self._call("GET", "posts", params=params).decoded(list[_Item])
        return sorted(items, key=lambda item: item.id)

    def keep_one(self, key: str) -> _Item | None:
        """The post of this key, after deleting other drafts that a race left."""
        items = self.look_up(key)
        kept = _best(items)
        for item in items:
            if item is not kept and item.status in _UNFINISHED:
                self.remove(str(item.id), force="true")
        return kept

    def create(self, post: Post) -> None:
        self._call("POST", "posts", json=_body(post, slug=post.key, status="draft"))

    def replace(self, remote_id: str, post: Post, **fields: str) -> _Item:
        """Set title and content; the post must be public afterwards."""
        answer = self._call("PUT", f"posts/{remote_id}", json=_body(post, **fields))
        item = answer.decoded(_Item)
        if item.status != "publish":
            raise _not_public(item)
        return item

    def remove(self, remote_id: str, **params: str) -> None:
        self._call("DELETE", f"posts/{remote_id}", params=params, accept=_GONE)

    def fetch(self, remote_id: str) -> _Item | None:
        params = {"context": "edit"}
        answer = self._call("GET", f"posts/{remote_id}", params=params, accept=_GONE)
        return answer.decoded(_Item) if answer.status == HTTPStatus.OK else None

    def remote(self, item: _Item) -> Remote:
        plain = item.link.startswith(("https://", "http://"))
        return Remote(
            str(item.id), item.link if plain else f"{self._base}/?p={item.id}"
        )

    def _call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, str] | None = None,
        accept: frozenset[str] = frozenset(),
    ) -> Answer:
        answer = self._http.request(
            method,
            f"{self._base}/wp-json/wp/v2/{path}",
            sign_in=self._connection,
            params=params,
            json=json,
        )
        if answer.status >= HTTPStatus.BAD_REQUEST:
            problem = _problem(answer)
            if problem.code not in accept:
                raise ChannelError(_remedy(answer, problem), permanent=True)
        return answer


def _best(items: list[_Item]) -> _Item | None:
    """The one to go on with: the public one, or else the oldest draft.

    Raises:
        ChannelError: someone at the site took the post from public view.
    """
    for states in ({"publish"}, _UNFINISHED):
        for item in items:
            if item.status in states:
                return item
    if items:
        raise _not_public(items[0])
    return None


def _body(post: Post, **fields: str) -> dict[str, str]:
    """Title and content so that WordPress adds no paragraphs and runs no shortcodes."""
    html = post.html.replace("[", "&#91;")
    return {
        "title": escape(post.title, quote=False),
        "content": f"<!-- wp:html -->\n{html}\n<!-- /wp:html -->",
        **fields,
    }


def _problem(answer: Answer) -> _Problem:
    try:
        return answer.decoded(_Problem)
    except ChannelError:
        return _Problem()


def _remedy(answer: Answer, problem: _Problem) -> str:
    host, status = answer.host, answer.status
    # A stranger who asks for drafts gets 400, "Invalid parameter(s): status".
    stranger = problem.code == "rest_invalid_param" and "status" in problem.message
    if status == HTTPStatus.UNAUTHORIZED or stranger:
        return (
            f"The application password was refused by {host}. Make a new one there "
            "(Users, Profile, Application Passwords) and record it with the account."
        )
    if status == HTTPStatus.FORBIDDEN:
        return (
            f"{host} does not let this user do that. Give the user the role Author in "
            "WordPress, or ask whether a firewall keeps us out."
        )
    if not problem.code or problem.code == "rest_no_route":
        return (
            f"There is no WordPress REST API at {host} (status {status}). "
            "See whether the account's address is that of the blog's front page."
        )
    if problem.code in _GONE:
        return "The post is no longer in WordPress; record it as withdrawn."
    return f"WordPress refused this: {problem.message[:200]} ({problem.code[:50]})"


def _not_public(item: _Item) -> ChannelError:
    message = (
        f"The post {item.id} is in WordPress, but as {item.status!r} and not public. "
        "Someone changed it there: ask them, and restore or delete it in WordPress."
    )
    return ChannelError(message, permanent=True)
