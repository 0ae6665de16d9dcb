"""The one way out: HTTP with a guard, a size limit, a deadline and plain errors."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urljoin

import msgspec
import requests
from requests.auth import AuthBase
from typing_extensions import override
from urllib3.exceptions import HTTPError

from wardline.channels import outages
from wardline.channels.contract import Connection
from wardline.channels.guard import GuardedAdapter, Watchdog
from wardline.environment import Environment

DEADLINE = 20.0  # seconds for one request; a publication takes four or five
MOST_BYTES = 5_000_000
_CONNECT, _READ = 5.0, 15.0
_CHUNK = 65_536

Shape = TypeVar("Shape")
File = tuple[str, bytes, str]
"""A file to send: its name, content and MIME type."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered: any status but a redirect, "too many" or an outage."""

    host: str
    status: int
    wrote: bool
    body: bytes = field(repr=False)
    url: str = field(default="", repr=False)
    """The address that answered, after all redirects."""
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By name in any case."""

    def decoded(self, shape: type[Shape]) -> Shape:
        """The JSON body as this shape.

        Raises:
            ChannelError: it is something else; after a write the outcome is unknown.
        """
        try:
            # PostgreSQL keeps no NUL, and a stranger's profile may hold one.
            body = self.body.replace(b"\\u0000", b"\\ufffd")
            return msgspec.json.decode(body, type=shape)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise outages.puzzling(self.host, wrote=self.wrote) from error


class Http:
    """Sends requests; private addresses only to `allowed_hosts` ("host[:port]").

    `deadline` is in seconds for one request with all its redirects, of which `hops`
    are followed, each of them guarded.
    """

    def __init__(
        self,
        allowed_hosts: Iterable[str] | None = None,
        *,
        deadline: float = DEADLINE,
        most_bytes: int = MOST_BYTES,
        hops: int = 0,
    ) -> None:
        if allowed_hosts is None:
            allowed_hosts = Environment().allowed_hosts
        self._allowed = frozenset(allowed_hosts)
        self._deadline = deadline
        self._most_bytes = most_bytes
        self._hops = hops

    def request(  # noqa: PLR0913  (what a request has)
        self,
        method: str,
        url: str,
        *,
        sign_in: Connection | AuthBase | None = None,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, File] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        private: bool = False,
        harmless: bool = False,
        judged: frozenset[int] = frozenset(),
    ) -> Answer:
        """One answer; a sign-in needs https, but for allowed hosts, and no redirect.

        A `Connection` signs in with its name and password (Basic). The body is `json`,
        `body`, or `form` with `files`; `private` if a password is in it; `harmless` if
        nothing public can come of it, so that its outcome is never in doubt. An outage
        whose status is in `judged` comes back as an answer.

        Raises:
            ChannelError: nothing came back, or a redirect, a 429 or an outage did.
        """
        parts = outages.parsed(url)
        host = outages.host_of(parts)
        wrote = not harmless and method not in {"GET", "HEAD"}
        private = private or sign_in is not None
        if (
            private
            and parts.scheme != "https"
            and not self._allows(parts.hostname, parts.port)
        ):
            raise outages.readable_password(host)
        with Watchdog(self._deadline) as watchdog, self._session(watchdog) as session:
            session.auth = (
                _Basic(sign_in) if isinstance(sign_in, Connection) else sign_in
            )
            try:
                request = requests.Request(
                    method,
                    url,
                    params=params,
                    json=json,
                    data=form if body is None else body,
                    files=files,
                    headers=headers,
                )
                response = _follow(session, request, 0 if private else self._hops)
                content = self._body(response)
            except (requests.RequestException, HTTPError, UnicodeError) as error:
                slow = watchdog.expired
                raise outages.broken(error, host, wrote=wrote, slow=slow) from error
            if watchdog.expired:
                raise outages.too_slow(host, wrote=wrote)
        if response.status_code not in judged:
            outages.check(response.status_code, response.headers, host, wrote=wrote)
        cookies = response.cookies.get_dict()
        return Answer(
            host,
            response.status_code,
            wrote,
            content,
            response.url,
            cookies,
            response.headers,
        )

    def _allows(self, host: str | None, port: int | None) -> bool:
        return host in self._allowed or f"{host}:{port}" in self._allowed

    def _session(self, watchdog: Watchdog) -> requests.Session:
        session = _Session()
        session.trust_env = False
        session.headers["User-Agent"] = "Wardline"
        session.headers["Cache-Control"] = "no-cache"
        for scheme in ("http", "https"):
            adapter = GuardedAdapter(
                secure=scheme == "https", is_allowed=self._allows, watchdog=watchdog
            )
            session.mount(f"{scheme}://", adapter)
        return session

    def _body(self, response: requests.Response) -> bytes:
        body = b""
        with response:
            for chunk in response.iter_content(_CHUNK):
                body += chunk
                if len(body) > self._most_bytes:
                    raise outages.TooLong
        return body


class _Session(requests.Session):
    """Leaves redirects alone; requests would read their bodies without a limit."""

    @override
    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class Bearer(AuthBase):
    """Signs in with a token that the site gave, and keeps it out of tracebacks."""

    def __init__(self, token: str) -> None:
        self._token = token

    @override
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Cookies(AuthBase):
    """Keeps up a session at a site that knows us by its cookies."""

    def __init__(self, cookies: Mapping[str, str]) -> None:
        self._cookies = dict(cookies)

    @override
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        pairs = (f"{name}={value}" for name, value in self._cookies.items())
        request.headers["Cookie"] = "; ".join(pairs)
        return request


class _Basic(AuthBase):
    """Signs in with UTF-8, and keeps the secret out of tracebacks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        pair = f"{self._connection.username}:{self._connection.secret}"
        code = base64.b64encode(pair.encode()).decode()
        request.headers["Authorization"] = f"Basic {code}"
        return request


def _follow(
    session: requests.Session, request: requests.Request, hops: int
) -> requests.Response:
    """The last answer; the bodies on the way are not read."""
    for hop in range(hops + 1):
        response = session.send(
            session.prepare_request(request),
            stream=True,
            allow_redirects=False,
            timeout=(_CONNECT, _READ),
        )
        if not response.is_redirect or hop == hops:
            break
        response.close()
        try:
            url = urljoin(request.url, response.headers["Location"])
        except ValueError as error:
            raise requests.exceptions.InvalidURL from error
        request = requests.Request(request.method, url)
    return response
