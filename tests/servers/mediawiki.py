"""A real MediaWiki on 127.0.0.1, started once for the tests of one process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
import requests

from tests.servers.recipe import started
from wardline.channels import Connection


@dataclass(frozen=True, slots=True)
class MediaWikiServer:
    """Where it runs, and the bot that may edit there; pages need an address each."""

    url: str
    user: str
    secret: str = field(repr=False)

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


@pytest.fixture(scope="session")
def mediawiki() -> Iterator[MediaWikiServer]:
    """The server; from its first use on, channels may reach 127.0.0.1."""
    with started("mediawiki") as told:
        bot = told["bot"]
        yield MediaWikiServer(told["url"], bot["user"], bot["password"])
