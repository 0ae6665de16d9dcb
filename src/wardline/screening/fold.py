"""Text as rules see it: plain ASCII, with a way back to the original's offsets.

Compatibility forms and accents are resolved by the Unicode character database,
https://www.unicode.org/reports/tr15/ ; look-alikes are the letters that imitate
Latin ones, https://www.unicode.org/reports/tr39/ .
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PLACEHOLDER = "\x7f"
"""Stands for a code point that has no ASCII form, and for NUL."""

_LETTERS = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУаеіјорсухѕԁԛһΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρıłŁøØđĐ",
        "ABESIJKMHOPCTXYaeijopcyxsdqhABEZHIKMNOPTYXovpilLoOdD",
        strict=True,
    )
)
_MARKS = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),  # noqa: RUF001
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001
    **dict.fromkeys("\x85\u2028\u2029", "\n"),
    **dict.fromkeys("™®©℠\0", PLACEHOLDER),
    "⁄": "/",  # noqa: RUF001
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
}
_KNOWN = _LETTERS | _MARKS
_INVISIBLE = {"Mn", "Me", "Cf"}

_AT = r"(?P<at>\s*[\[({<]\s*(?:at|arroba)\s*[\])}>]\s*)"
_DOT = r"(?P<dot>\s*[\[({<]\s*(?:dot|punto)\s*[\])}>]\s*)"
_TLD = r"(?:com|org|net|edu|gov|info|io|me|us|es|mx)\b"
_SPELT = (
    r"(?<![\w.@+-])[\w.+-]{1,64}(?P<at2>\s+at\s+)[\w-]{1,63}"
    rf"(?:\s+dot\s+[\w-]{{1,63}}){{0,2}}?\s+dot\s+{_TLD}"
)
_HIDDEN = re.compile(f"{_AT}|{_DOT}", re.IGNORECASE | re.ASCII)
_SPELT_OUT = re.compile(_SPELT, re.IGNORECASE | re.ASCII)
_WORD_DOT = re.compile(r"\s+dot\s+", re.IGNORECASE | re.ASCII)

HIDDEN_ADDRESS = (r"[\[({<]\s*(?:at|arroba|dot|punto)\s*[\])}>]", r"\sdot\s")
"""Expressions of which one is found wherever `reveal` would change something."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the original's offset."""

    text: str
    original: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's half-open span for a non-empty folded one."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return first, last


class _Table(dict[int, str]):
    """Code point → ASCII, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = form = _ascii(chr(code))
        return form


_table = _Table()
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_FOLDING = "wardline.fold"


def _folding(error: UnicodeEncodeError) -> tuple[str, int]:
    """Answers the ASCII encoder, whose loop over a text is the fastest there is."""
    met = error.object[error.start : error.end]
    return "".join([_table[ord(character)] for character in met]), error.end


codecs.register_error(_FOLDING, _folding)  # type: ignore[arg-type]


def plain(text: str) -> bytes:
    """Fold any `str`, lone surrogates included, into ASCII.

    Each code point gives its ASCII form, nothing (zero-width, marks) or one
    PLACEHOLDER; folding a folded text changes nothing. There is no NUL in it.
    """
    if "\0" in text:
        text = text.replace("\0", PLACEHOLDER)
    return text.encode("ascii", _FOLDING)


def fold(text: str) -> Folded:
    """The same with the way back to the original, which takes longer to find."""
    folded = plain(text).decode("ascii")
    if text.isascii():
        return Folded(folded, text, range(len(text)))
    origin: list[int] = []
    done = 0
    for foreign in _FOREIGN.finditer(text):
        index = foreign.start()
        origin += range(done, index)
        origin += [index] * len(_table[ord(foreign[0])])
        done = index + 1
    origin += range(done, len(text))
    return Folded(folded, text, origin)


def reveal(folded: Folded) -> Folded:
    """Write obfuscated addresses out: `name (at) host (dot) net` → `name@host.net`."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for start, end, character in _hidden(folded.text):
        pieces += folded.text[done:start], character
        origin += folded.origin[done:start]
        origin.append(folded.origin[start])
        done = end
    if not pieces:
        return folded
    pieces.append(folded.text[done:])
    origin += folded.origin[done:]
    return Folded("".join(pieces), folded.original, origin)


def _hidden(text: str) -> Iterator[tuple[int, int, str]]:
    found = [
        (*match.span(), "@" if match["at"] else ".") for match in _HIDDEN.finditer(text)
    ]
    for match in _SPELT_OUT.finditer(text):
        found.append((*match.span("at2"), "@"))
        dots = _WORD_DOT.finditer(text, match.end("at2"), match.end())
        found += ((*dot.span(), ".") for dot in dots)
    return iter(sorted(found))


def _ascii(character: str) -> str:
    if character in _KNOWN:
        return _KNOWN[character]
    if character.isascii():
        return character
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    plain = "".join(
        _KNOWN.get(part, part)
        for part in unicodedata.normalize("NFKD", character)
        if unicodedata.category(part) not in _INVISIBLE
    )
    return plain if plain and plain.isascii() else PLACEHOLDER
