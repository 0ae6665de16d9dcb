"""MediaWiki: a user page, or another page of the wiki that an account has as its own.

https://www.mediawiki.org/wiki/API:Main_page
"""

from collections.abc import Sequence

from typing_extensions import override

from wardline.channels.about import Gone, Link, Profile, Site
from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Http
from wardline.channels.hypertext import read
from wardline.channels.mediawiki_api import wiki_at

_USER = 2  # the namespace of user pages, whatever it is called in the wiki's language
_NONE = frozenset({"missingtitle"})


class MediaWiki(Site):
    """To change a page, store a bot password (Special:BotPasswords)."""

    label = "MediaWiki"
    writes = True

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def read(self, url: str) -> Profile:
        wiki = wiki_at(url, self._http)
        title = wiki.title_of(url)
        query = wiki.ask(
            action="query",
            titles=title,
            list="users",
            ususers=title.partition(":")[2] or title,
        ).query
        if not (query.pages and query.users):
            message = "This address names no page of the wiki. Record a page's own."
            raise ChannelError(message, permanent=True)
        page, user = query.pages[0], query.users[0]
        of_user = page.ns == _USER
        if (of_user and user.userid is None) or (page.missing and not of_user):
            message = f"The wiki has no {'user' if of_user else 'page'} {page.title}."
            raise Gone(message)
        parsed = wiki.ask(action="parse", page=title, prop="text", accept=_NONE).parse
        shown = read(parsed.text if parsed else "", url)
        return Profile(
            text=shown.text,
            links=shown.links,
            url=url,
            name=page.title,
            handle=user.name if of_user else "",
            platform_id=str(user.userid) if of_user else "",
        )

    @override
    def add(self, connection: Connection, links: Sequence[Link]) -> None:
        wiki = wiki_at(connection.base_url, self._http)
        title = wiki.title_of(connection.base_url)
        wiki.sign_in(connection)
        lines = [f"* [{link.url} {link.title}]" for link in links]
        # Appended: the words of others are not sent at all.
        wiki.change(
            "edit",
            title=title,
            appendtext="\n\n" + "\n".join(lines),
            summary="Links that every official account carries",
        )


site = MediaWiki()
