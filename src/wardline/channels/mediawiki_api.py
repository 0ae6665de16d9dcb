"""The action API of one wiki: its answers, its refusals, and the session with it.

https://www.mediawiki.org/wiki/API:Main_page
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Cookies, File, Http
from wardline.channels.hypertext import read

_HOPS = 3
_PAUSE = 60.0  # seconds; a wiki counts edits by the minute
_LATER = frozenset({"ratelimited", "readonly", "maxlag"})
_DENIED = frozenset(
    {"permissiondenied", "protectedpage", "cantcreate", "blocked", "autoblocked"}
)


class General(msgspec.Struct):
    """How the wiki makes the addresses of its pages."""

    articlepath: str


class Slot(msgspec.Struct):
    """The content of a revision."""

    content: str | None = None


class Revision(msgspec.Struct):
    """One edit of a page; an administrator may have hidden parts of it."""

    revid: int
    parentid: int = 0
    user: str = ""
    userid: int = 0
    timestamp: dt.datetime = dt.datetime.min.replace(tzinfo=dt.UTC)
    comment: str = ""
    tags: list[str] = []
    slots: dict[str, Slot] = {}

    @property
    def content(self) -> str | None:
        """The whole wikitext after this edit, None if it is hidden or not asked for."""
        return self.slots["main"].content if "main" in self.slots else None


class Page(msgspec.Struct):
    """A page; its revisions are those that were asked for."""

    title: str
    ns: int
    missing: bool = False
    canonicalurl: str = ""
    associatedpage: str = ""
    revisions: list[Revision] = []


class User(msgspec.Struct):
    """A user of this name; without a number there is none."""

    name: str
    userid: int | None = None


class UserInfo(msgspec.Struct):
    """Who we are, and what we may do."""

    id: int
    name: str
    rights: list[str] = []


class Titled(msgspec.Struct):
    """A picture, or what the log tells of a page."""

    title: str


class Tokens(msgspec.Struct):
    """What every sign-in and change has to carry."""

    logintoken: str = ""
    csrftoken: str = ""


class Query(msgspec.Struct):
    """What `action=query` found, each where it was asked for."""

    general: General | None = None
    pages: list[Page] = []
    users: list[User] = []
    userinfo: UserInfo | None = None
    logevents: list[Titled] = []
    allimages: list[Titled] = []
    tokens: Tokens | None = None


class Parsed(msgspec.Struct):
    """A page as HTML."""

    text: str = ""


class Login(msgspec.Struct):
    """Whether the bot password was accepted."""

    result: str
    lguserid: int = 0
    lgusername: str = ""


class Edit(msgspec.Struct):
    """The revision that an edit made, and the one before it."""

    result: str = ""
    nochange: bool = False
    oldrevid: int = 0
    newrevid: int = 0


class Problem(msgspec.Struct):
    """Why the wiki did not do it."""

    code: str
    info: str = ""


class Reply(msgspec.Struct):
    """What the API answers: always with status 200, an error too."""

    query: Query = msgspec.field(default_factory=Query)
    parse: Parsed | None = None
    login: Login | None = None
    edit: Edit = msgspec.field(default_factory=Edit)
    error: Problem | None = None
    curtimestamp: str = ""
    further: dict[str, str | int] = msgspec.field(default_factory=dict, name="continue")


def wiki_at(url: str, http: Http | None = None) -> "Wiki":
    """The wiki that has a page at this address.

    Raises:
        ChannelError: there is none, or its API is at another host.
    """
    answer = (http or Http(hops=_HOPS)).request("GET", url)
    told = read(answer.body.decode(errors="replace"), answer.url).told
    api = told.get("edituri", "").partition("?")[0]
    # Never another host: it would be sent the password.
    if api and urlsplit(api).netloc == urlsplit(url).netloc:
        return Wiki(api, http or Http())
    message = (
        f"{answer.host} shows no MediaWiki at this address (status "
        f"{answer.status}). See whether it is that of the wiki page."
    )
    raise ChannelError(message, permanent=True)


@dataclass(slots=True)
class Wiki:
    """The calls to one wiki's API, and the session with it."""

    api: str
    http: Http
    cookies: dict[str, str] = field(default_factory=dict, repr=False)
    user_id: int = 0
    user: str = ""
    _token: str = field(default="", repr=False)

    def title_of(self, url: str) -> str:
        """The title in a page's address, which each wiki writes in its own way."""
        parts = urlsplit(url)
        if title := parse_qs(parts.query).get("title"):
            return title[0]
        general = self.ask(action="query", meta="siteinfo").query.general
        before = general.articlepath.partition("$1")[0] if general else "/"
        return unquote(parts.path.removeprefix(before).lstrip("/"))

    def sign_in(self, connection: Connection) -> None:
        """Begin a session; `user` and `user_id` are then who we are."""
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
        self.user_id, self.user = login.lguserid, login.lgusername
        self._token = self._tokens("csrf").csrftoken

    def change(
        self,
        action: str,
        *,
        file: File | None = None,
        accept: frozenset[str] = frozenset(),
        **given: str,
    ) -> Reply:
        """Edit, upload or delete, as the user that we signed in as."""
        given = {**given, "assert": "user", "token": self._token}
        return self.ask("POST", accept, file, action=action, **given)

    def ask(
        self,
        method: str = "GET",
        accept: frozenset[str] = frozenset(),
        file: File | None = None,
        **given: str,
    ) -> Reply:
        """An answer that is no error, but for the codes in `accept`."""
        fields = {**given, "format": "json", "formatversion": "2"}
        answer = self._send(method, fields, file)
        if answer.status != HTTPStatus.OK:
            message = (
                f"The wiki's API at {answer.host} is switched off (status "
                f"{answer.status}). Look at the page yourself and do it by hand."
            )
            raise ChannelError(message, permanent=True)
        reply = answer.decoded(Reply)
        if reply.error and reply.error.code not in accept:
            raise _refused(reply.error, wrote=answer.wrote)
        return reply

    def _tokens(self, kind: str) -> Tokens:
        found = self.ask(action="query", meta="tokens", type=kind).query.tokens
        return found or Tokens()

    def _send(
        self, method: str, fields: Mapping[str, str], file: File | None
    ) -> Answer:
        writes, signs_in = method == "POST", "lgpassword" in fields
        answer = self.http.request(
            method,
            self.api,
            sign_in=Cookies(self.cookies) if self.cookies else None,
            params=None if writes else fields,
            form=fields if writes else None,
            files={"file": file} if file else None,
            private=signs_in,
            harmless=signs_in,
        )
        self.cookies.update(answer.cookies)
        return answer


def _refused(problem: Problem, *, wrote: bool) -> ChannelError:
    said = problem.info[:200]
    if problem.code in _LATER:
        message = f"The wiki asks us to wait: {said}"
        return ChannelError(message, permanent=False, retry_after=_PAUSE)
    if problem.code.startswith("internal_api_error"):
        message = "The wiki has a fault; see whether it is up."
        return ChannelError(message, permanent=False, unknown_outcome=wrote)
    if problem.code in _DENIED:
        message = (
            f"The wiki does not let this user do that: {said} Give the bot password "
            "more rights at Special:BotPasswords, or ask an administrator."
        )
    else:
        message = f"The wiki refused this: {said}"
    return ChannelError(message, permanent=True)
