"""Addresses in what a stranger wrote."""

import pytest

from wardline.channels.about import links_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (
            "See a.example/b, or https://c.example.",
            ("https://a.example/b", "https://c.example"),
        ),
        ("me@a.example/b", ()),
    ],
)
def test_addresses_are_found_in_plain_text(text: str, found: tuple[str, ...]) -> None:
    assert links_in(text) == found


@pytest.mark.parametrize("part", ["-", "a-", "a.", "a.-", "-a.", "http://"])
def test_a_text_made_to_keep_us_busy_takes_no_longer(part: str) -> None:
    # Where each place is tried anew up to the end, this takes hours.
    assert len(links_in(part * 1_000_000)) <= 1
