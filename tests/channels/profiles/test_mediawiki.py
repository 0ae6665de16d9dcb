"""User pages of a real MediaWiki."""

import uuid
from dataclasses import replace

import pytest

from tests.servers.flaky import Flaky, says
from tests.servers.mediawiki import MediaWikiServer
from tests.servers.pages import pages
from wardline.channels import ChannelError, profiles
from wardline.channels.about import Gone, Link
from wardline.channels.http import Http
from wardline.channels.profiles.mediawiki import MediaWiki

pytestmark = pytest.mark.xdist_group("mediawiki")
LINKS = (
    Link("Guidelines & more", "https://hospital.example/guidelines"),
    Link("Privacy", "https://hospital.example/privacy"),
)
OWN = "User:Admin"
site = profiles.get("mediawiki")


@pytest.fixture
def fresh() -> str:
    """The title of a page that nobody made yet."""
    return f"Cardiology {uuid.uuid4().hex}"


def test_a_user_without_a_page_is_there_all_the_same(
    mediawiki: MediaWikiServer,
) -> None:
    found = site.read(mediawiki.address(OWN))
    assert (found.handle, found.platform_id, found.name) == ("Admin", "1", OWN)


def test_links_are_appended_to_what_stands_there(
    mediawiki: MediaWikiServer, fresh: str
) -> None:
    site.add(mediawiki.connection(fresh), LINKS[:1])
    before = mediawiki.source(fresh)
    site.add(mediawiki.connection(fresh), LINKS[1:])
    assert mediawiki.source(fresh).startswith(before)
    found = site.read(mediawiki.address(fresh))
    assert set(found.links) >= {link.url for link in LINKS}
    assert "Guidelines & more" in found.text
    assert (found.handle, found.platform_id) == ("", "")


def test_a_user_page_is_written_and_read_back(mediawiki: MediaWikiServer) -> None:
    site.add(mediawiki.connection(OWN), LINKS)
    found = site.read(mediawiki.address("User:admin"))
    assert set(found.links) >= {link.url for link in LINKS}


def test_both_ways_to_write_an_address_lead_to_the_page(
    mediawiki: MediaWikiServer,
) -> None:
    other = f"{mediawiki.url}/index.php?title=User:Admin"
    assert site.read(other).platform_id == "1"


@pytest.mark.parametrize("title", ["User:Nobody here", "No such page"])
def test_who_is_not_there_is_gone(mediawiki: MediaWikiServer, title: str) -> None:
    with pytest.raises(Gone):
        site.read(mediawiki.address(title))


def test_the_wiki_is_known_by_its_pages(mediawiki: MediaWikiServer) -> None:
    assert profiles.announced(mediawiki.address("User:Nobody here")) == "mediawiki"


def test_a_wrong_password_changes_nothing(
    mediawiki: MediaWikiServer, fresh: str
) -> None:
    wrong = replace(mediawiki.connection(fresh), secret="wrong")
    with pytest.raises(ChannelError, match="refused the bot password"):
        site.add(wrong, LINKS)
    with pytest.raises(Gone):
        site.read(wrong.base_url)


def test_a_title_that_no_wiki_has_is_told(mediawiki: MediaWikiServer) -> None:
    with pytest.raises(ChannelError, match="refused this"):
        site.add(mediawiki.connection("<x>"), LINKS)


def test_the_password_goes_to_no_other_host(mediawiki: MediaWikiServer) -> None:
    with pages() as web:
        link = f"<link rel=EditURI href='{mediawiki.url}/api.php?action=rsd'>"
        url = web.show("/wiki/User:Admin", link)
        with pytest.raises(ChannelError, match="no MediaWiki"):
            site.add(replace(mediawiki.connection(OWN), base_url=url), LINKS)


def test_an_address_that_names_no_page_is_told() -> None:
    with Flaky() as wiki:
        wiki.faults[1] = says(200, b"<link rel=EditURI href='/api.php'>")
        wiki.fault = says(200, b"{}")
        with pytest.raises(ChannelError, match="names no page"):
            MediaWiki(Http([wiki.url.removeprefix("http://")])).read(f"{wiki.url}/")
