"""From the address of a comment to what its channel calls it."""

import pytest

from wardline import channels

WP = "https://heart.example/"
MASTODON = "https://social.example/@heart"
HAND = "https://network.example/cardiology/posts/7?comment=9"


@pytest.mark.parametrize(
    ("channel", "home", "url", "id_"),
    [
        ("wordpress", WP, "https://heart.example/open-day/", ""),
        ("wordpress", WP, "https://heart.example/open-day/#comment-12", "12"),
        ("wordpress", WP, "https://other.example/open-day/#comment-12", ""),
        ("wordpress", WP, "https://heart.example/open-day/#comment-x", ""),
        ("mastodon", MASTODON, "https://social.example/@ann/1234", "1234"),
        ("mastodon", MASTODON, "https://elsewhere.example/@ann/1234", ""),
        ("by_hand", "https://network.example/cardiology", HAND, HAND),
        ("mediawiki", "https://wiki.example/", "https://wiki.example/Talk:A", ""),
    ],
)
def test_an_address_tells_the_comment_or_nothing(
    channel: str, home: str, url: str, id_: str
) -> None:
    assert channels.get(channel).comment_at(url, home) == id_
