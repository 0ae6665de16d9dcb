"""Whose call this is: a bearer token, and the scope that it needs.

https://www.rfc-editor.org/rfc/rfc6750
"""

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from wardline.people.access import Actor
from wardline.people.models import Token
from wardline.people.tokens import SCOPES, owned_by


class ScopedToken(HttpBearer):
    """Lets a token through that has `scope`; its person's rights still decide."""

    openapi_description = "A token from the page API tokens. Scopes: " + "; ".join(
        f"`{scope}`: {words}" for scope, words in SCOPES.items()
    )

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:  # noqa: ARG002
        """The token's row; None for one that is not good.

        Raises:
            HttpError: 403, it is good but not for this.
        """
        row = owned_by(token)
        if row and self.scope not in row.scopes:
            msg = f"This token may not do this: make one with the scope {self.scope}."
            raise HttpError(403, msg)
        return row


def actor_of(request: HttpRequest) -> Actor:
    """The person whose token it is; what they do is recorded with the token's prefix."""
    token: Token = request.auth  # type: ignore[attr-defined]
    return token.person.actor.through(f"token {token.prefix}")
