"""How a handle is imitated: the kinds of dnstwist, for handles instead of domains.

https://github.com/elceef/dnstwist , https://www.unicode.org/reports/tr39/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardline.screening.fold import PLACEHOLDER, plain

KEYS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
"""The rows of a US keyboard: what lies side by side is mistyped."""
LIKE = {
    "a": ("4",),
    "b": ("8", "6"),
    "cl": ("d",),
    "d": ("cl",),
    "e": ("3",),
    "g": ("9", "q"),
    "i": ("1", "l"),
    "l": ("1", "i"),
    "m": ("rn", "nn"),
    "nn": ("m",),
    "o": ("0",),
    "q": ("g",),
    "rn": ("m",),
    "s": ("5",),
    "t": ("7",),
    "v": ("u",),
    "vv": ("w",),
    "w": ("vv",),
    "z": ("2",),
    "0": ("o",),
    "1": ("l", "i"),
    "3": ("e",),
    "5": ("s",),
}
"""What looks alike in small print, of the characters that handles have."""
UNICODE = dict(
    zip(
        "aceijopsxy",
        "\u0430\u0441\u0435\u0456\u0458\u043e\u0440\u0455\u0445\u0443",
        strict=True,
    )
)
"""Cyrillic letters that look Latin, for names and for domains."""
WORDS = (
    "official", "real", "the", "help", "support", "care", "info", "news", "hospital",
    "health", "team", "us", "usa", "org", "donate", "jobs", "hr", "billing", "clinic",
)  # fmt: skip
"""What impostors add."""
VOWELS = "aeiou"
SIGNS = "-_."
DIGITS = "0123456789"
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Permutation:
    """A handle that could be taken for another, and how it was made from it."""

    handle: str
    kind: str


def permutations(handle: str) -> Iterator[Permutation]:
    """Every permutation once, the likeliest kinds first; never the handle itself.

    `handle` is one name in ASCII, without @ and domain; case does not count.
    """
    handle, seen = handle.lower(), {handle.lower(), ""}
    for kind, made in KINDS.items():
        for one in made(handle):
            if one not in seen:
                seen.add(one)
                yield Permutation(one, kind)


def skeleton(text: str) -> str:
    """What two names that look the same have in common: no case, signs or fakes."""
    bare = _SIGNS.sub("", plain(text).decode().lower().replace(PLACEHOLDER, ""))
    for two, one in (("rn", "m"), ("vv", "w"), ("cl", "d")):
        bare = bare.replace(two, one)
    return bare.translate(_ALIKE)


_ALIKE = str.maketrans("01345789l", "oieastbgi")


def added_words(handle: str) -> Iterator[str]:
    """`massgeneral-help`, `officialmassgeneral`."""
    for word in WORDS:
        for sign in ("", "_", "-"):
            yield f"{handle}{sign}{word}"
            yield f"{word}{sign}{handle}"


def look_alikes(handle: str) -> Iterator[str]:
    """`massgenera1`: one place that looks the same."""
    for part, fakes in LIKE.items():
        for found in re.finditer(re.escape(part), handle):
            for fake in fakes:
                yield handle[: found.start()] + fake + handle[found.end() :]


def foreign_letters(handle: str) -> Iterator[str]:
    """One letter from another alphabet, then all that have one."""
    for index, letter in enumerate(handle):
        if letter in UNICODE:
            yield handle[:index] + UNICODE[letter] + handle[index + 1 :]
    yield "".join(UNICODE.get(letter, letter) for letter in handle)


def omissions(handle: str) -> Iterator[str]:
    """`masgeneral`: one character less."""
    for index in range(len(handle)):
        yield handle[:index] + handle[index + 1 :]


def repetitions(handle: str) -> Iterator[str]:
    """`massgenerall`: one character twice."""
    for index, character in enumerate(handle):
        yield handle[:index] + character + handle[index:]


def transpositions(handle: str) -> Iterator[str]:
    """`masgseneral`: two neighbours changed places."""
    for index in range(len(handle) - 1):
        yield handle[:index] + handle[index + 1] + handle[index] + handle[index + 2 :]


def signs(handle: str) -> Iterator[str]:
    """`mass_general`: one sign more, or all signs gone."""
    yield _SIGNS.sub("", handle)
    for index in range(1, len(handle)):
        for sign in SIGNS:
            yield handle[:index] + sign + handle[index:]
    yield from (f"{handle}_", f"_{handle}")


def digits(handle: str) -> Iterator[str]:
    """`massgeneral1`."""
    yield from (f"{handle}{digit}" for digit in DIGITS)


def vowels(handle: str) -> Iterator[str]:
    """`massgenerol`: one vowel for another."""
    for index, letter in enumerate(handle):
        if letter in VOWELS:
            for vowel in VOWELS:
                yield handle[:index] + vowel + handle[index + 1 :]


def mistypings(handle: str) -> Iterator[str]:
    """`nassgeneral`, `massfgeneral`: a neighbouring key instead, or as well."""
    for index, character in enumerate(handle):
        for key in _neighbours(character):
            yield handle[:index] + key + handle[index + 1 :]
            yield handle[:index] + key + handle[index:]


def flipped_bits(handle: str) -> Iterator[str]:
    """`massgenerad`: one bit of one character is wrong."""
    for index, character in enumerate(handle):
        for bit in range(7):
            flipped = chr(ord(character) ^ (1 << bit))
            if flipped.isascii() and (flipped.islower() or flipped.isdigit()):
                yield handle[:index] + flipped + handle[index + 1 :]


def _neighbours(character: str) -> str:
    for row in KEYS:
        if (at := row.find(character)) >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return ""


KINDS = {
    "added word": added_words,
    "look-alike character": look_alikes,
    "foreign letter": foreign_letters,
    "omission": omissions,
    "transposition": transpositions,
    "repetition": repetitions,
    "sign": signs,
    "added digit": digits,
    "other vowel": vowels,
    "neighbouring key": mistypings,
    "flipped bit": flipped_bits,
}
"""By what a reader is told, likeliest first."""
