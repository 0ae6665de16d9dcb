"""The page behind a link: whether it is there, where it is, and what it is a copy of.

https://developers.google.com/search/docs/crawling-indexing/canonicalization
"""

import re
import socket
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from wardline.channels.contract import ChannelError
from wardline.channels.http import Answer, Http
from wardline.channels.hypertext import read

HOPS = 8
DEADLINE = 6.0  # seconds for one request; somebody waits for two at most
MOST_BYTES = 2_000_000

_DOT = re.compile(r"\s*[\[(]\s*(?:\.|dot|punto)\s*[\])]\s*", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src")
_YOURSELF = "Open it in your browser and copy the address of the page it shows."


_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_ALWAYS_THERE = "a.root-servers.net"
_NO_SUCH_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found at a link; `detail` says it in words where it is not plain.

    "dead" is that the site says so, or that there is none; whoever refuses a program,
    has a fault or is slow is only "unreachable". `source` is the page that the page
    itself names as the original, if that is another; `fingerprint` the SHA-256 (hex)
    of the words that it showed.
    """

    outcome: Literal["works", "dead", "unreachable"]
    final_url: str = ""
    source: str = ""
    fingerprint: str = ""
    detail: str = ""


class LinkError(ChannelError):
    """A link could not be followed; the message says what to do instead."""


def original(link: str, http: Http | None = None) -> str:
    """The address that `link` leads to, as a person wrote it: "bit[.]ly/x" will do.

    Where it leads nowhere else, the address that the page itself names as its own.

    Raises:
        LinkError: in words for the person who asked.
    """
    http = http or _reader()
    url = _DOT.sub(".", link)
    url = url if "://" in url else f"https://{url}"
    try:
        answer = _asked(http, url)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise _refused(answer)
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


def look(url: str, http: Http | None = None) -> Looked:
    """What is at a web address now; whatever goes wrong is an outcome."""
    http = http or _reader()
    try:
        answer = _asked(http, url)
        if answer.status in _GONE:
            return Looked("dead", detail=f"{answer.host} has no such page.")
        if answer.status >= HTTPStatus.BAD_REQUEST:
            return Looked("unreachable", detail=str(_refused(answer)))
    except ChannelError as error:
        if _no_such_host(error):
            return Looked("dead", detail="There is no such site.")
        return Looked("unreachable", detail=str(error))
    return _read(answer, url, http)


def _read(answer: Answer, url: str, http: Http) -> Looked:
    """The page itself, where it is one; a document is taken at its word."""
    detail = ""
    if urlsplit(answer.url).path in {"", "/"} and urlsplit(url).path not in {"", "/"}:
        detail = "It leads to the front page of its site: the page may be gone."
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return Looked("works", answer.url, detail=detail)
    try:
        page = http.request("GET", answer.url)
        shown = read(page.body.decode("utf-8", "replace"), page.url)
        canonical = shown.told.get("canonical", "")
        other = canonical and _plain(canonical) != _plain(page.url)
    except (ChannelError, ValueError):
        return Looked("works", answer.url, detail=detail)
    return Looked(
        "works",
        page.url,
        source=canonical if other else "",
        fingerprint=sha256(shown.text.encode()).hexdigest(),
        detail=detail,
    )


def _reader() -> Http:
    return Http(deadline=DEADLINE, most_bytes=MOST_BYTES, hops=HOPS)


def _asked(http: Http, url: str) -> Answer:
    """An answer without a body, where the site gives one."""
    answer = http.request("HEAD", url)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        answer = http.request("GET", url)
    return answer


def _refused(answer: Answer) -> ChannelError:
    message = f"{answer.host} answered with status {answer.status}."
    return ChannelError(message, permanent=True)


def _no_such_host(error: BaseException) -> bool:
    """Whether the name service says that there is no such name.

    Where our own is out, it says so of every name: then it tells nothing.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, socket.gaierror) and seen.errno in _NO_SUCH_HOST:
            return _is_known(_ALWAYS_THERE)
        seen = seen.__cause__ or seen.__context__
    return False


def _is_known(name: str) -> bool:
    try:
        socket.getaddrinfo(name, None)
    except OSError:
        return False
    return True


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
    shown = read(answer.body.decode("utf-8", "replace"), answer.url)
    return shown.told.get("canonical", answer.url)
