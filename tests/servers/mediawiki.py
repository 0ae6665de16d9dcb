"""A real MediaWiki on 127.0.0.1, started once for the tests of one process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
import requests

from tests.servers.recipe import started
from tests.servers.visiting import from_elsewhere
from wardline.channels import Connection, Remote


@dataclass(frozen=True, slots=True)
class MediaWikiServer:
    """Where it runs, and the bot that may edit there; pages need an address each."""

    url: str
    user: str
    secret: str = field(repr=False)
    modest: Connection = field(repr=False)
    """A bot password that may edit, but neither upload nor delete."""

    def address(self, title: str) -> str:
        """Where people read a page."""
        return f"{self.url}/index.php/{quote(title)}"

    def connection(self, title: str) -> Connection:
        """As the bot, for an account whose profile is this page."""
        return Connection(self.address(title), self.user, self.secret)

    def source(self, title: str) -> str:
        """The wikitext of a page."""
        answer = requests.get(
            f"{self.url}/index.php",
            params={"title": title, "action": "raw"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.text

    def comment(self, remote: Remote, text: str) -> str:
        """Write on the talk page of a post, without an account; the edit's number."""
        return self.edit(self.talk_of(remote.id), appendtext=f"\n\n{text} ~~~~")

    def edit(self, title: str, **fields: str) -> str:
        """Edit as a visitor without an account."""
        sent = {"action": "edit", "title": title, "token": "+\\", "format": "json"}
        with from_elsewhere() as visitor:
            url = f"{self.url}/api.php"
            answer = visitor.post(url, data=sent | fields, timeout=30)
        return str(answer.json()["edit"]["newrevid"])

    def edits(self, title: str) -> list[str]:
        """The numbers of a page's edits, the latest first."""
        found = self._query(titles=title, prop="revisions", rvlimit="max")
        return [str(each["revid"]) for each in found["pages"][0]["revisions"]]

    def files(self, title: str) -> list[str]:
        """Where the pictures of a post lie."""
        prefix = title.rpartition("/")[2]
        found = self._query(list="allimages", aiprefix=prefix)["allimages"]
        return [each["url"] for each in found]

    def _query(self, **asked: str) -> Any:  # noqa: ANN401 -- JSON
        fixed = {"action": "query", "format": "json", "formatversion": "2"}
        url = f"{self.url}/api.php"
        return requests.get(url, params=fixed | asked, timeout=30).json()["query"]

    @staticmethod
    def talk_of(title: str) -> str:
        """The talk page of a page."""
        space, colon, name = title.rpartition(":")
        return f"{space} talk:{name}" if colon else f"Talk:{name}"


@pytest.fixture(scope="session")
def mediawiki() -> Iterator[MediaWikiServer]:
    """The server; from its first use on, channels may reach 127.0.0.1."""
    with started("mediawiki") as told:
        bot, url, modest = told["bot"], told["url"], told["modest"]
        less = Connection(
            f"{url}/index.php/User:Admin", modest["user"], modest["password"]
        )
        yield MediaWikiServer(url, bot["user"], bot["password"], less)
