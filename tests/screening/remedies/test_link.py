import pytest

from tests.screening.remedies.conftest import Remedied


@pytest.mark.parametrize(
    "url", ["bit.ly/a", "https://amp.example.com/a", "linktr.ee/a"]
)
def test_what_only_the_network_knows_gets_no_fix(remedied: Remedied, url: str) -> None:
    assert remedied(f"see {url}", url, "indirect-link") is None


@pytest.mark.clause("ETHICS-11", by="wardline.screening.remedies.link")
@pytest.mark.parametrize(
    ("url", "direct"),
    [
        ("google.com/amp/s/news.example/a", "https://news.example/a"),
        ("https://www.google.co.uk/amp/s/news.example/a", "https://news.example/a"),
        ("https://x-y.cdn.ampproject.org/c/s/x.y/a.html", "https://x.y/a.html"),
        ("https://x.example/a?amp=1", "https://x.example/a"),
        ("https://x.example/a?amp=1&b=2", "https://x.example/a?b=2"),
        ("https://x.example/a?b=2&amp=1#c", "https://x.example/a?b=2#c"),
    ],
)
def test_a_copy_that_spells_the_original_out_is_unwrapped(
    remedied: Remedied, url: str, direct: str
) -> None:
    assert remedied(f"see {url} now", url, "indirect-link") == f"see {direct} now"
