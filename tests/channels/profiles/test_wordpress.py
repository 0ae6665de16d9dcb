"""The About page of a real WordPress."""

from dataclasses import replace

import pytest

from tests.servers.pages import pages
from tests.servers.wordpress import WordPressServer
from wardline.channels import ChannelError, Connection, profiles
from wardline.channels.about import Gone, Link

pytestmark = pytest.mark.xdist_group("wordpress")
LINKS = (
    Link("Guidelines & more", "https://hospital.example/guidelines"),
    Link("Privacy", "https://hospital.example/privacy"),
)
site = profiles.get("wordpress")


def test_a_site_without_an_about_page_shows_its_name(
    wordpress: WordPressServer,
) -> None:
    found = site.read(wordpress.url)
    assert found.links == ()
    assert found.name == wordpress.call("GET", "settings")["title"]
    assert found.text.startswith(found.name)
    assert found.url == wordpress.url


def test_the_page_is_made_and_read_back(editor: Connection) -> None:
    site.add(editor, LINKS)
    found = site.read(editor.base_url)
    assert found.links == tuple(link.url for link in LINKS)
    assert "Guidelines & more\nPrivacy" in found.text


def test_what_stands_there_stays_word_for_word(
    editor: Connection, wordpress: WordPressServer
) -> None:
    before = "<p>We are <em>Cardiology</em>. [gallery] &amp; more</p>"
    wordpress.call(
        "POST", "pages", title="About", slug="about", status="publish", content=before
    )
    site.add(editor, LINKS[:1])
    site.add(editor, LINKS[1:])
    pages = wordpress.call("GET", "pages", slug="about", context="edit")
    assert [page["content"]["raw"].startswith(before) for page in pages] == [True]
    assert set(site.read(editor.base_url).links) >= {link.url for link in LINKS}


def test_an_author_is_told_which_role_it_takes(wordpress: WordPressServer) -> None:
    with pytest.raises(ChannelError, match="role Editor"):
        site.add(wordpress.connection, LINKS)


def test_a_wrong_password_changes_nothing(editor: Connection) -> None:
    with pytest.raises(ChannelError, match="does not let"):
        site.add(replace(editor, secret="wrong"), LINKS)
    assert site.read(editor.base_url).links == ()


def test_a_site_that_is_no_more_is_gone(wordpress: WordPressServer) -> None:
    with pages() as empty, pytest.raises(Gone):
        site.read(empty.url)


def test_a_site_with_its_api_switched_off_is_not_gone(
    wordpress: WordPressServer,
) -> None:
    with pages() as web, pytest.raises(ChannelError, match="switched off") as caught:
        site.read(web.show("/", "<h1>Heart notes</h1>"))
    assert not isinstance(caught.value, Gone)
