"""Text with both links that is ready to be pasted, and fits where it goes.

Room: https://socialswiss.tech/guides/social-media-character-limits and
https://mojicnt.click/en/blog/sns-character-limits.html, November 2026; the smaller
number where they differ.
"""

from collections.abc import Sequence

from wardline.channels.about import Link, wording

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


def ready_text(links: Sequence[Link], longest: int | None, used: int = 0) -> str:
    """The fullest wording that fits beside `used` characters, else into `longest`.

    Empty where not even the bare addresses fit: use the profile's link fields.
    """
    if longest is None:
        return wording(links, None)
    return wording(links, longest - used - 1) or wording(links, longest)
