"""The REST API of one WordPress site, and what its refusals ask of us.

https://developer.wordpress.org/rest-api/reference/
"""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec

from wardline.channels import outages
from wardline.channels.contract import ChannelError, Connection
from wardline.channels.http import Answer, File, Http

POST_GONE = frozenset({"rest_post_invalid_id", "rest_already_trashed"})
COMMENT_GONE = frozenset({"rest_comment_invalid_id", "rest_already_trashed"})
_FLOOD = 15.0  # seconds between two comments of one user; editors may be quicker
# A disallowed file is answered with 500, in words.
_UPLOAD_REFUSED = "rest_upload_"


class Rendered(msgspec.Struct):
    """HTML as visitors get it."""

    rendered: str = ""


class User(msgspec.Struct):
    """Who we are there."""

    id: int
    name: str
    email: str = ""
    capabilities: dict[str, bool] = {}


class _Problem(msgspec.Struct):
    code: str = ""
    message: str = ""
    data: object = None


class Site:
    """The calls to one site, each a single request."""

    def __init__(self, connection: Connection, http: Http) -> None:
        self.base = connection.base_url.rstrip("/")
        self._connection = connection
        self._http = http

    def whoami(self) -> User:
        """The user that we sign in as."""
        return self.call("GET", "users/me", params={"context": "edit"}).decoded(User)

    def call(  # noqa: PLR0913  (what a request has)
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        file: File | None = None,
        accept: frozenset[str] = frozenset(),
        role: str = "Author",
    ) -> Answer:
        """An answer that is no error, but for the codes in `accept`.

        `role` is what the user needs at the site to be allowed this.

        Raises:
            ChannelError: a refusal, in words that say what to do.
        """
        answer = self._http.request(
            method,
            f"{self.base}/wp-json/wp/v2/{path}",
            sign_in=self._connection,
            params=params,
            json=json,
            form=form,
            files={"file": file} if file else None,
            judged=frozenset({HTTPStatus.INTERNAL_SERVER_ERROR} if file else ()),
        )
        if answer.status >= HTTPStatus.BAD_REQUEST:
            problem = _problem(answer)
            if not problem.code.startswith(_UPLOAD_REFUSED):
                outages.check(answer.status, answer.headers, answer.host, wrote=True)
            if problem.code not in accept:
                raise _refused(answer, problem, role)
        return answer


def _problem(answer: Answer) -> _Problem:
    try:
        return answer.decoded(_Problem)
    except ChannelError:
        return _Problem()


def _refused(answer: Answer, problem: _Problem, role: str) -> ChannelError:
    if problem.code == "comment_flood":
        message = f"{answer.host} asks us to slow down."
        return ChannelError(message, permanent=False, retry_after=_FLOOD)
    return ChannelError(_remedy(answer, problem, role), permanent=True)


def _remedy(answer: Answer, problem: _Problem, role: str) -> str:
    host, status = answer.host, answer.status
    # A stranger who asks for drafts gets 400, "Invalid parameter(s): status".
    stranger = problem.code == "rest_invalid_param" and "status" in problem.message
    if status == HTTPStatus.UNAUTHORIZED or stranger:
        return (
            f"The application password was refused by {host}. Make a new one there "
            "(Users, Profile, Application Passwords) and record it with the account."
        )
    if status == HTTPStatus.FORBIDDEN:
        return (
            f"{host} does not let this user do that. Give the user the role {role} in "
            "WordPress, or ask whether a firewall keeps us out."
        )
    if not problem.code or problem.code == "rest_no_route":
        return (
            f"There is no WordPress REST API at {host} (status {status}). "
            "See whether the account's address is that of the blog's front page."
        )
    if problem.code in POST_GONE:
        return "The post is no longer in WordPress; record it as withdrawn."
    if problem.code in COMMENT_GONE:
        return "The comment is no longer in WordPress; there is nothing left to do."
    return f"WordPress refused this: {problem.message[:200]} ({problem.code[:50]})"
