"""Any web page: its links, `rel=me` too, and its words.

The page itself may announce that its site has an API; see `announced`.
https://microformats.org/wiki/rel-me
"""

from http import HTTPStatus

from typing_extensions import override

from wardline.channels.about import Gone, Profile, Site, links_in
from wardline.channels.contract import ChannelError
from wardline.channels.http import Http
from wardline.channels.hypertext import Hypertext, read

_HOPS = 4
_ANNOUNCED = {"https://api.w.org/": "wordpress", "edituri": "mediawiki"}


class Page(Site):
    """A page without an API that Wardline knows."""

    label = "A web page"

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def read(self, url: str) -> Profile:
        page, found_at = _open(url, self._http)
        return Profile(
            text=page.text,
            links=tuple(dict.fromkeys(page.links + links_in(page.text))),
            url=found_at,
            name=page.title,
        )


site = Page()


def announced(url: str) -> str:
    """The kind of site that the page says it belongs to, or "".

    WordPress and MediaWiki do so in a `<link>`.
    https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/

    Raises:
        ChannelError: the page could not be read.
    """
    page, _found_at = _open(url)
    kinds = (kind for rel, kind in _ANNOUNCED.items() if rel in page.told)
    return next(kinds, "")


def _open(url: str, http: Http | None = None) -> tuple[Hypertext, str]:
    answer = (http or Http(hops=_HOPS)).request("GET", url)
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        message = f"{answer.host} has no page at this address any more."
        raise Gone(message)
    if answer.status != HTTPStatus.OK:
        message = (
            f"{answer.host} does not show the page to Wardline (status "
            f"{answer.status}). Look at it yourself and attest what it says."
        )
        raise ChannelError(message, permanent=True)
    return read(answer.body.decode(errors="replace"), answer.url), answer.url
