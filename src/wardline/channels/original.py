"""The page behind a shortener, an AMP copy or a retelling, asked for one link at a time.

https://developers.google.com/search/docs/crawling-indexing/canonicalization
"""

import re
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from typing_extensions import override

from wardline.channels.contract import ChannelError
from wardline.channels.http import Answer, Http

HOPS = 8
DEADLINE = 6.0  # seconds for one request; somebody waits for two at most
MOST_BYTES = 2_000_000

_DOT = re.compile(r"\s*[\[(]\s*(?:\.|dot|punto)\s*[\])]\s*", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src")
_YOURSELF = "Open it in your browser and copy the address of the page it shows."


class LinkError(ChannelError):
    """A link could not be followed; the message says what to do instead."""


def original(link: str, http: Http | None = None) -> str:
    """The address that `link` leads to, as a person wrote it: "bit[.]ly/x" will do.

    Where it leads nowhere else, the address that the page itself names as its own.

    Raises:
        LinkError: in words for the person who asked.
    """
    http = http or Http(deadline=DEADLINE, most_bytes=MOST_BYTES, hops=HOPS)
    url = _DOT.sub(".", link)
    url = url if "://" in url else f"https://{url}"
    try:
        answer = _asked(http, url)
        found = _plain(answer.url)
        if found == _plain(url):
            found = _plain(_canonical(http.request("GET", url)))
    except (ChannelError, ValueError) as error:
        again = isinstance(error, ChannelError) and not error.permanent
        reason = "did not answer just now" if again else "cannot be followed from here"
        message = f"{link} {reason}. {_YOURSELF}"
        raise LinkError(message, permanent=not again) from error
    if found == _plain(url):
        message = f"{link} leads to no other page. Link the one page that you mean."
        raise LinkError(message, permanent=True)
    return found


def _asked(http: Http, url: str) -> Answer:
    """An answer without a body, where the site gives one; what is gone raises."""
    answer = http.request("HEAD", url)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        answer = http.request("GET", url)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        message = f"{answer.host} answered with status {answer.status}."
        raise ChannelError(message, permanent=True)
    return answer


def _plain(url: str) -> str:
    """`url` without what only counts visitors.

    Raises:
        ValueError: it is no http or https address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    query = urlencode(kept) if len(kept) < len(pairs) else parts.query
    return urlunsplit(parts._replace(query=query))


def _canonical(answer: Answer) -> str:
    """What the page calls its own address, or else where it is."""
    head = _Head()
    head.feed(answer.body.decode("utf-8", "replace"))
    return urljoin(answer.url, head.canonical)


class _Head(HTMLParser):
    """Reads `<link rel="canonical">`."""

    def __init__(self) -> None:
        super().__init__()
        self.canonical = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        rel = (given.get("rel") or "").lower().split()
        if tag == "link" and "canonical" in rel and not self.canonical:
            self.canonical = given.get("href") or ""
