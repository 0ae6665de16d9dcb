"""A post's own headings, moved below those of the page that shows it."""

import re

_HEADING = re.compile(r"<(/?)h([1-6])>")
_DEEPEST = 6


def lowered(html: str, *, below: int) -> str:
    """Clean HTML whose highest heading is one deeper than the page's level `below`."""
    return _HEADING.sub(
        lambda tag: f"<{tag[1]}h{min(int(tag[2]) + below, _DEEPEST)}>", html
    )
