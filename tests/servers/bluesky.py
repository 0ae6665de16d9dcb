"""A real Bluesky PDS on 127.0.0.1, started once for the tests of one process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from tests.servers.recipe import started
from wardline.channels import Connection


@dataclass(frozen=True, slots=True)
class Member:
    """One account of the server."""

    handle: str
    did: str
    password: str = field(repr=False)
    app_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BlueskyServer:
    """Where it runs, and who has an account."""

    url: str
    official: Member
    visitor: Member

    def address(self, member: Member) -> str:
        """A profile's address, as on bsky.app."""
        return f"{self.url}/profile/{member.handle}"

    def connection(self, member: Member) -> Connection:
        """The member's own sign-in."""
        return Connection(self.address(member), member.handle, member.app_password)

    def write(self, member: Member, **fields: object) -> None:
        """Put a profile in place of what the member had."""
        sign_in = {"identifier": member.handle, "password": member.app_password}
        token = self._call("server.createSession", sign_in)["accessJwt"]
        given = {
            "repo": member.did,
            "collection": "app.bsky.actor.profile",
            "rkey": "self",
            "record": {"$type": "app.bsky.actor.profile", **fields},
        }
        self._call("repo.putRecord", given, token)

    def profile(self, member: Member) -> dict[str, Any]:
        """The record as the server holds it."""
        answer = requests.get(
            f"{self.url}/xrpc/com.atproto.repo.getRecord",
            params={
                "repo": member.did,
                "collection": "app.bsky.actor.profile",
                "rkey": "self",
            },
            timeout=30,
        )
        answer.raise_for_status()
        value: dict[str, Any] = answer.json()["value"]
        return value

    def _call(self, method: str, given: dict[str, Any], token: str = "") -> Any:  # noqa: ANN401  JSON
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = requests.post(
            f"{self.url}/xrpc/com.atproto.{method}",
            json=given,
            headers=headers,
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()


@pytest.fixture(scope="session")
def bluesky() -> Iterator[BlueskyServer]:
    """The server; from its first use on, channels may reach 127.0.0.1."""
    with started("bluesky-pds") as told:
        official, visitor = Member(**told["official"]), Member(**told["visitor"])
        yield BlueskyServer(told["url"], official, visitor)
