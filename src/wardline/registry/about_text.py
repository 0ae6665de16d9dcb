"""Text with both links that is ready to be pasted, and fits where it goes.

Room: https://socialswiss.tech/guides/social-media-character-limits and
https://mojicnt.click/en/blog/sns-character-limits.html, November 2026; the smaller
number where they differ.
"""

import re
from collections.abc import Iterator, Sequence

from wardline.channels.about import Link, lines_of

ROOM = {
    "facebook": 101,
    "instagram": 150,
    "pinterest": 160,
    "threads": 150,
    "tiktok": 80,
    "x": 160,
    "youtube": 1000,
}
"""Characters that a profile's text holds, by platform."""

_PREFIX = re.compile(r"^https?://(?:www\.)?")


def ready_text(links: Sequence[Link], longest: int | None, used: int = 0) -> str:
    """The fullest wording that fits beside `used` characters, else into `longest`.

    Empty where not even the bare addresses fit: use the profile's link fields.
    """
    if longest is None:
        return lines_of(links)
    wordings = list(_wordings(links))
    for room in (longest - used - 1, longest):
        if fitting := [each for each in wordings if len(each) <= room]:
            return fitting[0]
    return ""


def _wordings(links: Sequence[Link]) -> Iterator[str]:
    """From the fullest to the shortest."""
    yield lines_of(links)
    yield "\n".join(link.url for link in links)
    yield "\n".join(_PREFIX.sub("", link.url) for link in links)
