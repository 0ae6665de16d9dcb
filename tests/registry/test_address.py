"""One key for every spelling of an address."""

import pytest

from wardline.registry.address import LONGEST, handle, key
from wardline.registry.errors import RegistryError


@pytest.mark.parametrize(
    "spelling",
    [
        "https://x.com/MassGeneral",
        "http://www.twitter.com/massgeneral/",
        "mobile.twitter.com/MassGeneral?s=20#top",
        " HTTPS://X.COM//massgeneral ",
        "https://x.com:443/@massgeneral",
    ],
)
def test_every_spelling_has_the_same_key(spelling: str) -> None:
    assert key(spelling) == "x.com/massgeneral"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.com/massgeneral", "https://x.com/rnassgeneral"),
        ("https://x.com/massgeneral", "https://instagram.com/massgeneral"),
        (
            "https://facebook.com/profile.php?id=1",
            "https://facebook.com/profile.php?id=2",
        ),
        ("https://youtube.com/channel/UCab", "https://youtube.com/channel/UCAB"),
        ("https://heart.massgeneral.org", "https://massgeneral.org/heart"),
        ("https://x.com/massgenera\u04cf", "https://x.com/massgeneral"),
        ("https://m\u0430ssgeneral.org", "https://massgeneral.org"),
        ("https://blog.example:8443/a", "https://blog.example/a"),
        (r"https://evil.example\@x.com/massgeneral", "https://x.com/massgeneral"),
        ("https://ma\u00dfgeneral.org", "https://massgeneral.org"),
        ("https://mass\u200cgeneral.org", "https://massgeneral.org"),
        ("https://wiki.example/wiki/User:MGH", "https://wiki.example/wiki/User:Mgh"),
        ("https://medium.com/@massgeneral", "https://medium.com/massgeneral"),
        ("https://forum.example/?mallory", "https://forum.example/"),
        (f"https://a.example/{'a' * 300}", f"https://a.example/{'a' * 301}"),
    ],
)
def test_other_accounts_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "written",
    ["", "   ", "massgeneral", "mailto:a@b.org", "https://", "http://[", "a b"],
)
def test_what_is_no_address_is_refused_with_what_to_do(written: str) -> None:
    with pytest.raises(RegistryError, match="Copy it from the browser"):
        key(written)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.instagram.com/MassGeneral/", "massgeneral"),
        ("https://bsky.app/profile/mgh.bsky.social", "mgh.bsky.social"),
        ("https://heart.massgeneral.org/news", ""),
    ],
)
def test_a_handle_is_told_on_known_sites(url: str, expected: str) -> None:
    assert handle(url) == expected


def test_a_key_fits_its_column_however_long_the_address_is() -> None:
    assert len(key("https://a.example/?q=" + "\u00e4" * 300)) == LONGEST


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        (r"https:\\x.com\massgeneral", "x.com/massgeneral"),
        ("https://\uff58.com/massgeneral", "x.com/massgeneral"),
        ("https://B\u00fcro.example", "xn--bro-hoa.example"),
        ("https://i\u2764.ws/us", "xn--i-7iq.ws/us"),
        ("https://my_blog.example", "my_blog.example"),
    ],
)
def test_hosts_are_read_as_browsers_read_them(spelling: str, expected: str) -> None:
    assert key(spelling) == expected


def test_the_handle_on_medium_is_told_without_its_sign() -> None:
    assert handle("https://medium.com/@MassGeneral") == "massgeneral"
