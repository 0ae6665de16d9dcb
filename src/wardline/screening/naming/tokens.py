"""A text cut into the tokens that may make up a name, with where each stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_LETTERS = rf"[^\W\d_][\w{_UNSEEN}\u0300-\u036f]*"
_APOSTROPHE = "'’‘ʼ"  # noqa: RUF001
_TOKEN = re.compile(
    r"(?P<address>https?://\S+|www\.\S+|[\w.+-]+[@＠][\w-]+\.[\w.-]+)"  # noqa: RUF001
    r"|(?P<handle>[@＠]\w+)"  # noqa: RUF001
    r"|\#(?P<tag>\w+)"
    rf"|(?P<word>{_LETTERS}(?:[{_APOSTROPHE}\-‐‑]{_LETTERS})*)"  # noqa: RUF001
    r"|(?P<number>\d[\w.,:/-]*)"
    r"|(?P<mark>(?P<one>[^\w\s]|\n)(?P=one)*)",
    re.IGNORECASE,
)
_HUMP = re.compile(
    r"[^\W\d_A-Z]+|[A-Z](?![A-Z])[^\W\d_A-Z]*|[A-Z]+(?![^\W\d_A-Z])|[A-Z]+?|\d+"
)
_OWNED = re.compile(rf"[{_APOSTROPHE}][sS]$")
_LONGEST_MARK = 3
ADDRESS, HANDLE = "‹address›", "‹handle›"  # noqa: RUF001
"""What every mail or web address and every @handle reads as."""
_READS_AS = {"address": ADDRESS, "handle": HANDLE, "number": "0"}


class Token(NamedTuple):
    """What the tagger reads, and its half-open code-point span in the text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order; hashtags are cut at their humps.

    Addresses, @handles and numbers read alike, for what they say is another
    recogniser's matter.
    """
    return list(_tokens(text))


def humps(word: str, start: int) -> Iterator[Token]:
    """The parts of a word of the form OneTwo_three4, which begins at `start`."""
    for hump in _HUMP.finditer(word):
        yield Token(hump[0], start + hump.start(), start + hump.end())


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = str(match.lastgroup)
        if kind == "word":
            yield from _word(match[0], start)
        elif kind == "tag":
            yield Token("#", start, start + 1)
            yield from humps(match["tag"], start + 1)
        elif kind in _READS_AS:
            yield Token(_READS_AS[kind], start, end)
        else:
            mark = match[0][:_LONGEST_MARK]
            yield Token("\n" if mark[0] == "\n" else mark, start, end)


def _word(word: str, start: int) -> Iterator[Token]:
    """The word, with a possessive ending as a token of its own."""
    end = start + len(word)
    owned = _OWNED.search(word)
    if not owned:
        yield Token(word, start, end)
        return
    cut = start + owned.start()
    yield Token(word[: owned.start()], start, cut)
    yield Token("'s", cut, end)
