"""Where in a sentence some words stand, so that other words can take their place."""

import re

_ENDED = re.compile(r"(?:^|[.!?…\n•]|[.!?]['\"”\u2019)])\s*[\"“'¡¿(#]*$")


def opens(text: str, start: int) -> bool:
    """Whether a sentence begins at `start`."""
    return _ENDED.search(text[max(0, start - 40) : start]) is not None


def fitted(text: str, start: int, words: str) -> str:
    """`words` with a capital where a sentence begins with one."""
    if words and opens(text, start) and text[start : start + 1].isupper():
        return words[0].upper() + words[1:]
    return words


def before(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    """The match of `pattern`, which ends in `$`, right before `start` on its line."""
    low = max(start - 80, text.rfind("\n", 0, start) + 1)
    return pattern.search(text[:start], low)
