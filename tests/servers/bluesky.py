"""A real Bluesky PDS on 127.0.0.1, started once for the tests of one process."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from tests.servers.recipe import started
from wardline.channels import Connection, Remote


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
        self.put(member, "app.bsky.actor.profile", "self", fields)

    def put(
        self, member: Member, kind: str, rkey: str, fields: Mapping[str, object]
    ) -> None:
        """Put a record in place of what the member had there."""
        given = {
            "repo": member.did,
            "collection": kind,
            "rkey": rkey,
            "record": {"$type": kind, **fields},
        }
        self._call("repo.putRecord", given, self._token(member))

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

    def say(
        self,
        member: Member,
        text: str,
        *,
        root: Remote | None = None,
        above: Remote | None = None,
    ) -> Remote:
        """Write a post, under others if they are given; see that it shows."""
        root = root or above
        record = {"text": text, "createdAt": dt.datetime.now(dt.UTC).isoformat()}
        if root:
            refs = {"root": self._ref(root), "parent": self._ref(above or root)}
            record |= {"reply": refs}  # type: ignore[dict-item]
        given = {
            "repo": member.did,
            "collection": "app.bsky.feed.post",
            "record": record,
        }
        made = self._call("repo.createRecord", given, self._token(member))
        return Remote(made["uri"], "")

    def records(
        self, member: Member, kind: str = "app.bsky.feed.post"
    ) -> dict[str, dict[str, Any]]:
        """What the server holds of one kind, by its address."""
        answer = requests.get(
            f"{self.url}/xrpc/com.atproto.repo.listRecords",
            params={"repo": member.did, "collection": kind, "limit": "100"},
            timeout=30,
        )
        answer.raise_for_status()
        return {one["uri"]: one["value"] for one in answer.json()["records"]}

    def delete(self, member: Member, remote: Remote) -> None:
        """Take a record of one's own away."""
        _, _, repo, kind, rkey = remote.id.split("/")
        given = {"repo": repo, "collection": kind, "rkey": rkey}
        self._call("repo.deleteRecord", given, self._token(member))

    def _ref(self, remote: Remote) -> dict[str, str]:
        _, _, repo, kind, rkey = remote.id.split("/")
        answer = requests.get(
            f"{self.url}/xrpc/com.atproto.repo.getRecord",
            params={"repo": repo, "collection": kind, "rkey": rkey},
            timeout=30,
        )
        answer.raise_for_status()
        return {"uri": remote.id, "cid": answer.json()["cid"]}

    def _token(self, member: Member) -> str:
        sign_in = {"identifier": member.handle, "password": member.app_password}
        token: str = self._call("server.createSession", sign_in)["accessJwt"]
        return token

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
