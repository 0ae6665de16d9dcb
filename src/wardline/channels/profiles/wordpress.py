"""WordPress: the site's title and tagline, and its page "About".

https://developer.wordpress.org/rest-api/reference/pages/
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import msgspec
from typing_extensions import override

from wardline.channels.about import Gone, Link, Profile, Site, links_in
from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Http
from wardline.channels.hypertext import read

_SLUGS = "about,about-us,acerca-de"
_MISSING = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class _Root(msgspec.Struct):
    name: str
    description: str = ""
    home: str = ""


class _Rendered(msgspec.Struct):
    rendered: str = ""
    raw: str = ""


class _Page(msgspec.Struct):
    id: int
    link: str = ""
    content: _Rendered = msgspec.field(default_factory=_Rendered)


class _Problem(msgspec.Struct):
    message: str = ""


class WordPress(Site):
    """To change the page, the stored user needs the role Editor."""

    label = "WordPress"
    writes = True

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def read(self, url: str) -> Profile:
        root = self._call(url, "").decoded(_Root)
        page = self._page(url)
        about = read(page.content.rendered, page.link) if page else read("", url)
        return Profile(
            text="\n".join(filter(None, (root.name, root.description, about.text))),
            links=tuple(dict.fromkeys(about.links + links_in(about.text))),
            url=root.home or url,
            name=root.name,
        )

    @override
    def add(self, connection: Connection, links: Sequence[Link]) -> None:
        block = _block(links)
        page = self._page(connection.base_url, sign_in=connection)
        path, given = "wp/v2/pages", {"content": block}
        if page:
            path, given = f"{path}/{page.id}", {"content": page.content.raw + block}
        else:
            given |= {"title": "About", "slug": "about", "status": "publish"}
        url = connection.base_url
        answer = self._call(url, path, method="POST", sign_in=connection, json=given)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise _refused(answer)

    def _page(self, url: str, sign_in: Connection | None = None) -> _Page | None:
        params = {"slug": _SLUGS, "context": "edit" if sign_in else "view"}
        answer = self._call(url, "wp/v2/pages", sign_in=sign_in, params=params)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise _refused(answer)
        return next(iter(answer.decoded(list[_Page])), None)

    def _call(  # noqa: PLR0913  (what a request has)
        self,
        url: str,
        path: str,
        *,
        method: str = "GET",
        sign_in: Connection | None = None,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, str] | None = None,
    ) -> Answer:
        answer = (self._http or Http()).request(
            method,
            f"{url.rstrip('/')}/wp-json/{path}",
            sign_in=sign_in,
            params=params,
            json=json,
        )
        if answer.status in _MISSING:
            raise self._silent(url)
        return answer

    def _silent(self, url: str) -> ChannelError:
        """Why there is no REST API: the site is gone, or it is switched off."""
        front = (self._http or Http(hops=1)).request("GET", url)
        if front.status in _MISSING:
            message = f"There is no site at {front.host} any more."
            return Gone(message)
        message = (
            f"The REST API of {front.host} is switched off, so Wardline cannot read "
            "its About page. Look at it yourself and attest what it says."
        )
        return ChannelError(message, permanent=True)


site = WordPress()


def _block(links: Sequence[Link]) -> str:
    shown = "<br>".join(link.html for link in links)
    return f"\n\n<!-- wp:paragraph -->\n<p>{shown}</p>\n<!-- /wp:paragraph -->"


def _refused(answer: Answer) -> ChannelError:
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        message = (
            f"{answer.host} does not let the stored user change pages. Give it the "
            "role Editor there, or paste the text yourself."
        )
    else:
        said = answer.decoded(_Problem).message[:200]
        message = f"WordPress refused this: {said} Paste the text yourself."
    return ChannelError(message, permanent=True)
