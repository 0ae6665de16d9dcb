"""Profiles on pages without an API."""

from collections.abc import Iterator

import pytest

from tests.servers.pages import Pages, pages
from wardline.channels import ChannelError, Connection, profiles
from wardline.channels.about import Gone, Link
from wardline.channels.profiles.page import announced

page = profiles.get("page")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    monkeypatch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
    with pages() as site:
        yield site


def test_an_empty_page_says_nothing(web: Pages) -> None:
    found = page.read(web.show("/", ""))
    assert (found.text, found.links, found.name) == ("", (), "")


def test_links_words_and_title_are_read(web: Pages) -> None:
    found = page.read(
        web.show(
            "/heart",
            "<title>Heart notes</title><script>var no = 1</script>"
            "<p>From  <b>Cardiology</b>.</p><p>See https://a.example/policy.</p>"
            "<a href='/privacy?x=1#top'>Privacy</a> <a href='javascript:no'>x</a>",
        )
    )
    assert found.name == "Heart notes"
    assert found.text == "From Cardiology.\nSee https://a.example/policy.\nPrivacy x"
    assert found.links == (f"{web.url}/privacy?x=1#top", "https://a.example/policy")


@pytest.mark.parametrize("tag", ["<a rel='me nofollow' {}>us</a>", "<link rel=me {}>"])
def test_a_link_that_says_who_we_are_counts(web: Pages, tag: str) -> None:
    address = "https://hospital.example/"
    html = tag.format(f'href="{address}"') + "<link rel=icon href=/icon.png>"
    assert page.read(web.show("/", html)).links == (address,)


def test_it_is_told_where_the_page_was_found(web: Pages) -> None:
    web.send_on("/old", web.show("/new", "<p>Here</p>"))
    assert page.read(f"{web.url}/old").url == f"{web.url}/new"


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_no_more_is_gone(web: Pages, status: int) -> None:
    with pytest.raises(Gone):
        page.read(web.show("/", "", status))


def test_a_page_that_is_kept_from_us_is_not_gone(web: Pages) -> None:
    with pytest.raises(ChannelError, match="attest") as caught:
        page.read(web.show("/", "", 403))
    assert not isinstance(caught.value, Gone)


@pytest.mark.parametrize(
    ("rel", "kind"),
    [
        ("rel='https://api.w.org/' href='/wp-json/'", "wordpress"),
        ("rel=EditURI href='/api.php?action=rsd'", "mediawiki"),
        ("rel=stylesheet href='/wp-json/'", ""),
    ],
)
def test_a_page_announces_what_made_it(web: Pages, rel: str, kind: str) -> None:
    assert announced(web.show("/", f"<link {rel}>")) == kind
    assert announced(web.show("/", f"<link {rel}>", 404)) == kind


def test_a_page_deep_in_a_wordpress_is_a_page(web: Pages) -> None:
    link = "<link rel='https://api.w.org/' href='/wp-json/'>"
    assert not announced(web.show("/units/cardiology/", link))


def test_a_page_meant_to_keep_the_parser_busy_does_not(web: Pages) -> None:
    found = page.read(web.show("/", "<!--" * 200_000 + "<a " * 200_000 + "<![" * 9))
    assert found.links == ()


def test_nothing_is_written_to_a_page() -> None:
    link = Link("Privacy", "https://hospital.example/privacy")
    with pytest.raises(ChannelError, match="do it there"):
        page.add(Connection("https://a.example/"), [link])
    assert not page.writes
