"""Any web page: its links, `rel=me` too, and its words.

The page itself may announce that its site has an API; see `announced`.
https://microformats.org/wiki/rel-me
"""

from http import HTTPStatus

from typing_extensions import override

from wardline.channels.about import Gone, Profile, Site, links_in
from wardline.channels.contract import ChannelError
from wardline.channels.http import Answer, Http
from wardline.channels.hypertext import Hypertext, read

_HOPS = 4
_API, _EDIT = "https://api.w.org/", "edituri"


class Page(Site):
    """A page without an API that Wardline knows."""

    label = "A web page"

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def read(self, url: str) -> Profile:
        answer = _get(url, self._http)
        _check(answer)
        page = _shown(answer)
        return Profile(
            text=page.text,
            links=tuple(dict.fromkeys(page.links + links_in(page.text))),
            url=answer.url,
            name=page.title,
        )


site = Page()


def announced(url: str) -> str:
    """The kind of site that the page says it belongs to, or "".

    WordPress and MediaWiki do so in a `<link>`, even on a page that is not there. A
    page deep in a WordPress is a page: its site has an About section of its own.
    https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/

    Raises:
        ChannelError: the site could not be asked.
    """
    answer = _get(url)
    told = _shown(answer).told
    if told.get(_API, "").rstrip("/") == f"{answer.url.rstrip('/')}/wp-json":
        return "wordpress"
    return "mediawiki" if _EDIT in told else ""


def _get(url: str, http: Http | None = None) -> Answer:
    return (http or Http(hops=_HOPS)).request("GET", url)


def _shown(answer: Answer) -> Hypertext:
    return read(answer.body.decode(errors="replace"), answer.url)


def _check(answer: Answer) -> None:
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        message = f"{answer.host} has no page at this address any more."
        raise Gone(message)
    if answer.status != HTTPStatus.OK:
        message = (
            f"{answer.host} does not show the page to Wardline (status "
            f"{answer.status}). Look at it yourself and attest what it says."
        )
        raise ChannelError(message, permanent=True)
