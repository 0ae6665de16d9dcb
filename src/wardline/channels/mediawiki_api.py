"""The action API of one wiki: its answers, its refusals, and the session with it.

https://www.mediawiki.org/wiki/API:Main_page
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, Cookies, File, Http
from wardline.channels.hypertext import read
from wardline.channels.mediawiki_answers import Problem, Query, Reply, Tokens

_HOPS = 3
_PAUSE = 60.0  # seconds; a wiki counts edits by the minute
_LATER = frozenset({"ratelimited", "readonly", "maxlag"})
_DENIED = frozenset(
    {"permissiondenied", "protectedpage", "cantcreate", "blocked", "autoblocked"}
)


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
        return self._ask(method, given, accept, file)

    def ask_on(self, **given: str) -> Iterator[Query]:
        """A query whose answer comes in parts, part by part."""
        fields = {"action": "query", **given}
        while True:
            reply = self._ask("GET", fields)
            yield reply.query
            if not reply.further:
                return
            fields |= {name: str(value) for name, value in reply.further.items()}

    def _ask(
        self,
        method: str,
        given: Mapping[str, str],
        accept: frozenset[str] = frozenset(),
        file: File | None = None,
    ) -> Reply:
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
