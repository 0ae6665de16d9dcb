"""MediaWiki: a user page, or another page of the wiki that an account has as its own.

https://www.mediawiki.org/wiki/API:Main_page
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from typing_extensions import override

from wardline.channels.about import Gone, Link, Profile, Site
from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Cookies, Http
from wardline.channels.hypertext import read

_USER = 2  # the namespace of user pages, whatever it is called in the wiki's language
_HOPS = 3
_NONE = frozenset({"missingtitle"})


class _General(msgspec.Struct):
    articlepath: str


class _Page(msgspec.Struct):
    title: str
    ns: int
    missing: bool = False


class _User(msgspec.Struct):
    name: str
    userid: int | None = None


class _Tokens(msgspec.Struct):
    logintoken: str = ""
    csrftoken: str = ""


class _Query(msgspec.Struct):
    general: _General | None = None
    pages: list[_Page] = []
    users: list[_User] = []
    tokens: _Tokens | None = None


class _Parsed(msgspec.Struct):
    text: str = ""


class _Login(msgspec.Struct):
    result: str
    reason: str = ""


class _Problem(msgspec.Struct):
    code: str
    info: str = ""


class _Reply(msgspec.Struct):
    """What the API answers: always with status 200, an error too."""

    query: _Query = msgspec.field(default_factory=_Query)
    parse: _Parsed | None = None
    login: _Login | None = None
    error: _Problem | None = None


class MediaWiki(Site):
    """To change a page, store a bot password (Special:BotPasswords)."""

    label = "MediaWiki"
    writes = True

    def __init__(self, http: Http | None = None) -> None:
        self._http = http

    @override
    def read(self, url: str) -> Profile:
        wiki = self._wiki(url)
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
        wiki = self._wiki(connection.base_url)
        title = wiki.title_of(connection.base_url)
        wiki.sign_in(connection)
        lines = [f"* [{link.url} {link.title}]" for link in links]
        wiki.write(title, "\n\n" + "\n".join(lines))

    def _wiki(self, url: str) -> "_Wiki":
        answer = (self._http or Http(hops=_HOPS)).request("GET", url)
        told = read(answer.body.decode(errors="replace"), answer.url).told
        api = told.get("edituri", "").partition("?")[0]
        # Never another host: it would be sent the password.
        if api and urlsplit(api).netloc == urlsplit(url).netloc:
            return _Wiki(api, self._http or Http())
        message = (
            f"{answer.host} shows no MediaWiki at this address (status "
            f"{answer.status}). See whether it is that of the wiki page."
        )
        raise ChannelError(message, permanent=True)


site = MediaWiki()
Shape = TypeVar("Shape")


@dataclass(slots=True)
class _Wiki:
    """The calls to one wiki's API, and the session with it."""

    api: str
    http: Http
    cookies: dict[str, str] = field(default_factory=dict, repr=False)

    def title_of(self, url: str) -> str:
        """The title in a page's address, which each wiki writes in its own way."""
        parts = urlsplit(url)
        if title := parse_qs(parts.query).get("title"):
            return title[0]
        general = self.ask(action="query", meta="siteinfo").query.general
        before = general.articlepath.partition("$1")[0] if general else "/"
        return unquote(parts.path.removeprefix(before).lstrip("/"))

    def sign_in(self, connection: Connection) -> None:
        login = self.ask(
            "POST",
            action="login",
            lgname=connection.username,
            lgpassword=connection.secret,
            lgtoken=self._tokens("login").logintoken,
        ).login
        if login is None or login.result != "Success":
            message = (
                "The wiki refused the bot password. Make a new one there at "
                "Special:BotPasswords and store it with the account."
            )
            raise ChannelError(message, permanent=True)

    def write(self, title: str, more: str) -> None:
        """Append to a page, or make it; the words of others are not sent at all."""
        self.ask(
            "POST",
            action="edit",
            title=title,
            appendtext=more,
            summary="Links that every official account carries",
            token=self._tokens("csrf").csrftoken,
        )

    def _tokens(self, kind: str) -> _Tokens:
        found = self.ask(action="query", meta="tokens", type=kind).query.tokens
        return found or _Tokens()

    def ask(
        self, method: str = "GET", accept: frozenset[str] = frozenset(), **given: str
    ) -> _Reply:
        fields = {**given, "format": "json", "formatversion": "2"}
        answer = self._send(method, fields)
        if answer.status != HTTPStatus.OK:
            message = (
                f"The wiki's API at {answer.host} is switched off (status "
                f"{answer.status}). Look at the page yourself and attest what it says."
            )
            raise ChannelError(message, permanent=True)
        reply = answer.decoded(_Reply)
        if reply.error and reply.error.code not in accept:
            message = f"The wiki refused this: {reply.error.info[:200]}"
            raise ChannelError(message, permanent=True)
        return reply

    def _send(self, method: str, fields: Mapping[str, str]) -> Answer:
        writes = method == "POST"
        answer = self.http.request(
            method,
            self.api,
            sign_in=Cookies(self.cookies) if self.cookies else None,
            params=None if writes else fields,
            form=fields if writes else None,
            private="lgpassword" in fields,
        )
        self.cookies.update(answer.cookies)
        return answer
