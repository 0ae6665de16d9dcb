"""Sites to publish on: stand-ins that know a key, and real servers."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import quote

import requests

from tests.servers.mastodon import serving
from tests.servers.recipe import running
from tests.servers.webhook import SECRET, receiving
from wardline import channels
from wardline.channels import Connection

STAND_INS = ("webhook", "mastodon")
REAL = ("wordpress", "mediawiki", "bluesky")
_TIMEOUT = 30


@dataclass(frozen=True, slots=True)
class Site:
    """One site: where we sign in, and how many posts the public sees there."""

    channel: str
    sign_in: Connection = field(repr=False)
    count: Callable[[], int]
    knows: Callable[[str], bool] | None = None

    def found(self, key: str) -> bool:
        """Whether the post of this key is public there."""
        if self.knows:
            return self.knows(key)
        return bool(channels.get(self.channel).find(self.sign_in, key))


@contextmanager
def site(name: str) -> Iterator[Site]:
    """A site of this channel, with nothing of ours on it; gone afterwards."""
    os.environ["WARDLINE_ALLOWED_HOSTS"] = '["127.0.0.1"]'
    with _OPEN[name]() as opened:
        yield opened


@contextmanager
def _webhook() -> Iterator[Site]:
    os.environ["WEBHOOK_SECRET"] = SECRET
    with receiving() as receiver:
        sign_in = replace(receiver.connection, username="wardline")
        yield Site("webhook", sign_in, lambda: len(receiver.posts))


@contextmanager
def _mastodon() -> Iterator[Site]:
    with serving() as server:
        # A status does not tell its key, but the stand-in remembers it.
        yield Site(
            "mastodon",
            server.connection,
            lambda: len(server.by_us()),
            server.keys.__contains__,
        )


@contextmanager
def _wordpress() -> Iterator[Site]:
    with running("wordpress") as told:
        author = told["author"]
        sign_in = Connection(told["url"], author["user"], author["app_password"])
        url = f"{told['url']}/wp-json/wp/v2/posts"
        before = _wordpress_posts(url)
        yield Site("wordpress", sign_in, lambda: _wordpress_posts(url) - before)


def _wordpress_posts(url: str) -> int:
    answer = requests.get(url, params={"per_page": 1}, timeout=_TIMEOUT)
    answer.raise_for_status()
    return int(answer.headers["X-WP-Total"])


@contextmanager
def _mediawiki() -> Iterator[Site]:
    with running("mediawiki") as told:
        bot, title = told["bot"], "News"
        address = f"{told['url']}/index.php/{quote(title)}"
        sign_in = Connection(address, bot["user"], bot["password"])
        asked = {"list": "allpages", "apprefix": f"{title}/", "aplimit": "max"}
        yield Site("mediawiki", sign_in, lambda: _wiki_pages(told["url"], asked))


def _wiki_pages(url: str, asked: Mapping[str, str]) -> int:
    sent = {"action": "query", "format": "json", **asked}
    answer = requests.get(f"{url}/api.php", params=sent, timeout=_TIMEOUT)
    return len(answer.json()["query"]["allpages"])


@contextmanager
def _bluesky() -> Iterator[Site]:
    with running("bluesky-pds") as told:
        ours = told["official"]
        address = f"{told['url']}/profile/{ours['handle']}"
        sign_in = Connection(address, ours["handle"], ours["app_password"])
        asked = {
            "repo": ours["did"],
            "collection": "app.bsky.feed.post",
            "limit": "100",
        }
        yield Site("bluesky", sign_in, lambda: _records(told["url"], asked))


def _records(url: str, asked: Mapping[str, str]) -> int:
    address = f"{url}/xrpc/com.atproto.repo.listRecords"
    answer = requests.get(address, params=asked, timeout=_TIMEOUT)
    return len(answer.json()["records"])


_OPEN: Mapping[str, Callable[[], AbstractContextManager[Site]]] = {
    "webhook": _webhook,
    "mastodon": _mastodon,
    "wordpress": _wordpress,
    "mediawiki": _mediawiki,
    "bluesky": _bluesky,
}
