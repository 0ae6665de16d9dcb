"""A hospital whose two policies open on a loopback site, for audits of About pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.pages import Pages, pages
from wardline import institution
from wardline.channels.about import Link
from wardline.registry.about import required


@dataclass(frozen=True, slots=True)
class Policies:
    """The site of the policies, and the links that every profile needs."""

    site: Pages
    guidelines: Link
    privacy: Link

    @property
    def html(self) -> str:
        """Both links as a profile has them."""
        return f"<p>{self.guidelines.html} and {self.privacy.html}</p>"


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Policies]:
    monkeypatch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
    with pages() as site:
        shipped = institution.SHIPPED.read_text()
        moved = shipped.replace("https://www.massgeneral.org", site.url)
        file = tmp_path / "institution.toml"
        file.write_text(moved)
        monkeypatch.setenv("WARDLINE_INSTITUTION", str(file))
        institution.current.cache_clear()
        links = required(institution.current())
        made = Policies(site, links["guidelines"], links["privacy-policy"])
        for link in links.values():
            site.show(link.url.removeprefix(site.url), f"<h1>{link.title}</h1>")
        yield made
    monkeypatch.undo()
    institution.current.cache_clear()


@pytest.fixture
def elsewhere() -> Iterator[Pages]:
    """Another site, such as the profile's own or a shortener's."""
    with pages() as site:
        yield site
