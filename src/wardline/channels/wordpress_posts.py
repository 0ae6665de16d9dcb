"""The posts of a WordPress site, each known by its key, which is its slug."""

import re
from html import escape
from http import HTTPStatus

import msgspec

from wardline.channels.contract import ChannelError
from wardline.channels.post import Post, Remote
from wardline.channels.wordpress_site import POST_GONE, Rendered, Site

_STATES = "publish,future,draft,pending,private,trash"
_UNFINISHED = frozenset({"draft", "pending", "future"})
_MOST_TWINS = 9
# As an entity it is shown, and WordPress puts no page of others in its place.
_ADDRESS = re.compile(r"(^|[\s>])(https?):(?=//)", re.IGNORECASE)


class Item(msgspec.Struct):
    """A post as WordPress describes it."""

    id: int
    status: str
    link: str = ""
    title: Rendered = msgspec.field(default_factory=Rendered)
    content: Rendered = msgspec.field(default_factory=Rendered)


class Posts:
    """What may be asked of posts of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def look_up(self, key: str) -> list[Item]:
        """Every post of this key, lowest id first, whatever became of it."""
        slugs = [key, *(f"{key}-{twin}" for twin in range(2, _MOST_TWINS + 1))]
        slugs += [f"{slug}__trashed" for slug in slugs]
        params = {
            "slug": ",".join(slugs),
            "status": _STATES,
            "context": "edit",
            "per_page": "100",
        }
        items = self._site.call("GET", "posts", params=params).decoded(list[Item])
        return sorted(items, key=lambda item: item.id)

    def keep_one(self, key: str) -> Item | None:
        """The post of this key, after deleting other drafts that a race left."""
        items = self.look_up(key)
        kept = best(items)
        for item in items:
            if item is not kept and item.status in _UNFINISHED:
                self.remove(str(item.id), force="true")
        return kept

    def create(self, post: Post) -> None:
        """A draft, which nobody sees."""
        fields = _body(post, "", slug=post.key, status="draft")
        self._site.call("POST", "posts", json=fields)

    def replace(self, remote_id: str, post: Post, figures: str, **fields: str) -> Item:
        """Set title and content; the post must be public afterwards."""
        body = _body(post, figures, **fields)
        item = self._site.call("PUT", f"posts/{remote_id}", json=body).decoded(Item)
        if item.status != "publish":
            raise _not_public(item)
        return item

    def remove(self, remote_id: str, **params: str) -> None:
        """Into the trash, or with `force` for good; fine if it is there or gone."""
        path = f"posts/{remote_id}"
        self._site.call("DELETE", path, params=params, accept=POST_GONE)

    def fetch(self, remote_id: str) -> Item | None:
        """The post, or None if it is gone."""
        path, params = f"posts/{remote_id}", {"context": "edit"}
        answer = self._site.call("GET", path, params=params, accept=POST_GONE)
        return answer.decoded(Item) if answer.status == HTTPStatus.OK else None

    def of(self, user_id: int, among: set[int]) -> set[int]:
        """Which of these posts are by this user, asked by the hundred."""
        numbers, found = sorted(among), set[int]()
        for start in range(0, len(numbers), 100):
            params = {
                "include": ",".join(map(str, numbers[start : start + 100])),
                "author": str(user_id),
                "status": _STATES,
                "per_page": "100",
            }
            items = self._site.call("GET", "posts", params=params).decoded(list[Item])
            found |= {item.id for item in items}
        return found

    def remote(self, item: Item) -> Remote:
        """Where people read it."""
        plain = item.link.startswith(("https://", "http://"))
        url = item.link if plain else f"{self._site.base}/?p={item.id}"
        return Remote(str(item.id), url)


def best(items: list[Item]) -> Item | None:
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


def _body(post: Post, figures: str, **fields: str) -> dict[str, str]:
    """Title and content so that WordPress adds no paragraphs, runs and embeds nothing."""
    html = _ADDRESS.sub(r"\1\2&#58;", (post.html + figures).replace("[", "&#91;"))
    return {
        "title": escape(post.title, quote=False),
        "content": f"<!-- wp:html -->\n{html}\n<!-- /wp:html -->",
        **fields,
    }


def _not_public(item: Item) -> ChannelError:
    message = (
        f"The post {item.id} is in WordPress, but as {item.status!r} and not public. "
        "Someone changed it there: ask them, and restore or delete it in WordPress."
    )
    return ChannelError(message, permanent=True)
