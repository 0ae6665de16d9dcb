"""What a comment looks like to the model: numbers of hashed words, pairs and marks.

Feature hashing needs no vocabulary: https://arxiv.org/abs/0902.2206
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from zlib import crc32

from wardline.screening.fold import plain
from wardline.triage.lexicons import hosts, phrases

BUCKETS = 1 << 18
LAST = BUCKETS - 1
MIXED = 94_261
"""A prime that sets `a b` apart from `b a`."""
LONGEST = 4000
"""Characters that are looked at: the rest of a comment is more of the same."""
KEPT = 1 << 18
"""Words and pairs whose numbers are remembered before all are forgotten."""

_MARKUP = re.compile(r"<[a-z/][^<>]*>", re.IGNORECASE)
_HREF = re.compile(r"""<a\b[^<>]*?\bhref=["']?([^"'\s>]+)[^<>]*>""", re.IGNORECASE)
_ENDINGS = (
    "com|net|org|info|biz|ru|io|co|me|tv|ly|gl|us|xyz|shop|top|site|online|club"
    "|edu|gov|uk|mx|es|de"
)
_KIND = re.compile(
    rf"(?P<url>(?:https?://|www\.)\S+|\b[a-z0-9-]+\.(?:{_ENDINGS})\b(?:/\S*)?)"
    r"|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]+)"
    r"|(?P<money>\$\s?\d[\d.,]*|\d[\d.,]*\s?(?:usd|dollars|dolares|euros|pounds|ppm|p)\b)"
    r"|(?P<number>\+?\d[\d ().-]{5,}\d|\d+)"
)
_OF_A_KIND = re.compile(r"[\d@$]|www\.|://|[a-z0-9]\.[a-z]")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|<\w+>|[!?@*\x7f]")
_LINK = re.compile(r"(?:https?://|www\.)(?P<host>[\w.-]+)(?P<rest>[/?]\S*)?")
_REFERRAL = re.compile(r"[?&/](?:ref|r|aff|affiliate|invite|promo|id|user)(?:=|/)")
_PHONE, _CODES = 9, (4, 5, 6)
"""Digits of a telephone number, and of one that a text message goes to."""
_SHORT_HOST, _SHORT_PATH = 9, 14
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SMALL = _CAPITALS.lower()
_FEW = 3
_COUNTED = ("!", "?", "*", "\x7f", "<url>", "<phone>", "<code>", "<money>")
_PAIRED = ("<url>", "<phone>", "<money>", "<code>", "<mail>")


def shown(text: str) -> str:
    """A comment as it is read: without markup; links keep their target."""
    text = text[:LONGEST]
    if "<" in text or "&" in text:
        text = html.unescape(_MARKUP.sub(" ", _HREF.sub(r" \1 ", text)))
    return text


def told(text: str) -> bytes:
    """What is shown, folded to ASCII; pounds and euros become dollars."""
    text = shown(text)
    if not text.isascii():
        text = text.replace("£", "$").replace("€", "$")
    return plain(text)


def tokens(folded: bytes) -> list[str]:
    """Words as they stand; links, sums and numbers by their kind."""
    text = folded.lower().decode("ascii")
    if _OF_A_KIND.search(text):
        text = _KIND.sub(_named, text)
    return _TOKEN.findall(text)


def _named(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "number":
        digits = sum(map(str.isdigit, match[0]))
        kind = "code" if digits in _CODES else f"digits{digits}"
        kind = "phone" if digits >= _PHONE else kind
    return f" <{kind}> "


def read(text: str) -> list[int]:
    """The features of a comment as it came."""
    folded = told(text)
    words = tokens(folded)
    return features(folded, words, groups(words))


def features(
    folded: bytes, words: Sequence[str], kinds: Mapping[str, int]
) -> list[int]:
    """The numbers of what is in a folded text, each once."""
    number = _numbers
    numbers = [number[word] for word in words]
    found = set(numbers)
    found.update([1 + (one * MIXED + two) % LAST for one, two in pairwise(numbers)])
    found.update([number[mark] for mark in _marks(folded, words, kinds)])
    if "<url>" in words:
        text = folded.lower().decode("ascii")
        found.update([number[mark] for mark in _links(text)])
    return list(found)


def number_of(word: str) -> int:
    """The bucket of one word."""
    return _numbers[word]


def groups(words: Sequence[str]) -> dict[str, int]:
    """How often each group of the spam lexicon is met."""
    known = phrases()
    found: dict[str, int] = {}
    for place, word in enumerate(words):
        for rest, kind in known.get(word, ()):
            if not rest or tuple(words[place + 1 : place + 1 + len(rest)]) == rest:
                found[kind] = found.get(kind, 0) + 1
    return found


def _marks(
    folded: bytes, words: Sequence[str], kinds: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """What a text shows whatever its words: lengths, capitals, links, groups."""
    size = len(words)
    yield ("size", str(min(size, 200).bit_length()))
    if size > _FEW:
        small = len(folded.translate(None, _CAPITALS))
        capitals = len(folded) - small
        letters = len(folded) - len(folded.translate(None, _CAPITALS + _SMALL))
        yield ("capitals", str(4 * capitals // (letters or 1)))
    for sign in _COUNTED:
        if sign in words:
            yield ("count", sign, str(min(words.count(sign), 4).bit_length()))
    present = sorted(kinds)
    yield ("kinds", str(min(len(present), 6)))
    for kind in present:
        yield ("group", kind, str(min(kinds[kind], _FEW)))
    present += [kind for kind in _PAIRED if kind in words]
    for pair in combinations(present, 2):
        yield ("both", *pair)


def _links(text: str) -> Iterator[tuple[str, ...]]:
    """What a text's links show: the host, its kind, the form of the path."""
    for match in _LINK.finditer(text):
        host, rest = match["host"].removeprefix("www."), match["rest"] or ""
        name, kind = _host(host, rest)
        yield ("host", name)
        yield ("host kind", kind)
        yield ("path", str(min(rest.count("/"), 4)))
        if "?" in rest:
            yield ("query", kind)
        if _REFERRAL.search(rest):
            yield ("referral",)


def _host(host: str, rest: str) -> tuple[str, str]:
    """The name that a host goes by, and what kind of site it is."""
    labels = host.split(".")
    name = labels[-2] if len(labels) > 1 else host
    if name in hosts():
        return name, hosts()[name]
    if labels[-1] in {"gov", "edu"}:
        return name, "trusted"
    short = len(host) <= _SHORT_HOST and len(rest) <= _SHORT_PATH
    return name, "short" if short else "other"


class _Numbers(dict[str | tuple[str, ...], int]):
    """Bucket of each word or pair, worked out when first met."""

    def __missing__(self, key: str | tuple[str, ...]) -> int:
        if len(self) >= KEPT:
            self.clear()
        spelt = key if isinstance(key, str) else "\0".join(key)
        # The first bucket is every comment's: see `weights.BIAS`.
        self[key] = bucket = 1 + crc32(spelt.encode()) % LAST
        return bucket


_numbers = _Numbers()
