from collections.abc import Iterator

import pytest

from tests.servers.flaky import Flaky, says
from wardline.channels.http import Http
from wardline.channels.original import LinkError, original

OWN = ["127.0.0.1"]
DIRECT = "/study/7"


@pytest.fixture
def site() -> Iterator[Flaky]:
    with Flaky() as site:
        site.fault = says(200, b"<html><p>A study")
        yield site


def follow(link: str) -> str:
    return original(link, Http(OWN, deadline=2.0, hops=3))


def test_a_link_that_leads_nowhere_else_is_left_to_the_author(site: Flaky) -> None:
    with pytest.raises(LinkError, match="leads to no other page"):
        follow(f"{site.url}/a")


def test_a_shortener_gives_way_to_the_page_behind_it(site: Flaky) -> None:
    site.faults[1] = says(301, Location=f"{DIRECT}?utm_source=x&page=2&fbclid=1")
    assert follow(f"{site.url}/s") == f"{site.url}{DIRECT}?page=2"
    assert site.seen == ["HEAD /s", f"HEAD {DIRECT}?utm_source=x&page=2&fbclid=1"]


def test_a_site_that_knows_no_head_is_asked_with_get(site: Flaky) -> None:
    site.faults[1] = says(405)
    site.faults[2] = says(302, Location=DIRECT)
    assert follow(f"{site.url}/s") == f"{site.url}{DIRECT}"


@pytest.mark.parametrize("href", [DIRECT, "{}" + DIRECT])
def test_a_copy_names_its_original_itself(site: Flaky, href: str) -> None:
    page = f'<head><link REL="Canonical" href="{href.format(site.url)}"><p>'
    site.fault = says(200, page.encode())
    assert follow(f"{site.url}/amp/7") == f"{site.url}{DIRECT}"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://[::1", "//"])
def test_an_address_that_is_none_is_never_suggested(site: Flaky, href: str) -> None:
    site.fault = says(200, f"<link rel=canonical href='{href}'>".encode())
    with pytest.raises(LinkError, match=r"cannot be followed|no other page"):
        follow(f"{site.url}/amp/7")


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "cannot be followed from here"), (503, "did not answer just now")],
)
def test_what_fails_says_what_to_do_instead(
    site: Flaky, status: int, words: str
) -> None:
    site.fault = says(status)
    with pytest.raises(LinkError, match=f"{words}. Open it in your browser"):
        follow(f"{site.url}/s")


@pytest.mark.parametrize("link", ["10.0.0.1/a", "http://169.254.169.254/", "x y", "["])
def test_a_private_or_broken_address_is_not_asked(link: str) -> None:
    with pytest.raises(LinkError, match="cannot be followed from here"):
        original(link, Http([], deadline=2.0))


def test_a_redirect_to_a_private_address_is_not_followed(site: Flaky) -> None:
    site.fault = says(302, Location="http://127.0.0.2:9/secret")
    listed = site.url.removeprefix("http://")
    with pytest.raises(LinkError, match="cannot be followed from here"):
        original(f"{site.url}/s", Http([listed], deadline=2.0, hops=3))


def test_an_address_with_its_dot_spelt_out_is_read(site: Flaky) -> None:
    site.faults[1] = says(302, Location=DIRECT)
    hidden = site.url.replace("127.0.0.1", "127[.]0(dot)0 [punto] 1")
    assert follow(f"{hidden}/s") == f"{site.url}{DIRECT}"
