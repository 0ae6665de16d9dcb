"""The text of a post at Bluesky: plain, with links and tags marked by their bytes.

https://docs.bsky.app/docs/advanced-guides/post-richtext
"""

import re
from collections.abc import Iterator
from html import escape

import msgspec

_LINK = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w&/#])#(?=\w*[^\W\d_])(\w{1,64})\b")
_AFTER_LINKS = ".,;:!?'…*~"


class _Index(msgspec.Struct):
    byteStart: int  # noqa: N815  (its name there)
    byteEnd: int  # noqa: N815


class _Feature(msgspec.Struct):
    uri: str = ""


class Facet(msgspec.Struct):
    """A stretch of the text, in bytes of UTF-8, and what it is."""

    index: _Index
    features: list[_Feature] = []


def facets(text: str) -> list[dict[str, object]]:
    """The links and #tags of a text as Bluesky wants them, in their order."""
    return [
        {
            "index": {
                "byteStart": len(text[:start].encode()),
                "byteEnd": len(text[:end].encode()),
            },
            "features": [{"$type": f"app.bsky.richtext.facet#{kind}", name: value}],
        }
        for start, end, kind, name, value in sorted(_found(text))
    ]


def html_of(text: str, marked: list[Facet]) -> str:
    """The text as one safe paragraph, with its links; marks that overlap are left."""
    raw, done, html = text.encode(), 0, ""
    for facet in sorted(marked, key=lambda one: one.index.byteStart):
        start, end = facet.index.byteStart, facet.index.byteEnd
        address = next((one.uri for one in facet.features if one.uri), "")
        if done <= start < end and _LINK.fullmatch(address):
            words = _escaped(raw[start:end])
            html += _escaped(raw[done:start])
            html += f'<a href="{escape(address)}">{words}</a>'
            done = end
    return f"<p>{html}{_escaped(raw[done:])}</p>"


def _found(text: str) -> Iterator[tuple[int, int, str, str, str]]:
    links = [_without_what_follows(found) for found in _LINK.finditer(text)]
    for start, address in links:
        yield start, start + len(address), "link", "uri", address
    for tag in _TAG.finditer(text):
        if not any(start <= tag.start() < start + len(to) for start, to in links):
            yield tag.start(), tag.end(), "tag", "tag", tag[1]


def _without_what_follows(found: re.Match[str]) -> tuple[int, str]:
    """Where the link begins, and its address without the sentence's own signs."""
    address = found[0]
    while address.endswith(tuple(_AFTER_LINKS)) or (
        address.endswith(")") and address.count(")") > address.count("(")
    ):
        address = address[:-1]
    return found.start(), address


def _escaped(raw: bytes) -> str:
    return escape(raw.decode(errors="replace"), quote=False).replace("\n", "<br>")
