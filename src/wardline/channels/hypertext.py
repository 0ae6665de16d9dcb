"""The words and the links of a page that somebody else wrote.

nh3 makes it well-formed first, in linear time: Python's own parser alone can be kept
busy for hours by a page that is meant to. https://docs.python.org/3/library/html.parser.html
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import nh3
from typing_extensions import override

_BLOCKS = {"br", "div", "dd", "dt", "h1", "h2", "h3", "h4", "li", "p", "td", "tr"}
_KEPT = _BLOCKS | {"a", "img", "link", "meta", "title"}
_ATTRIBUTES = {
    "a": {"href", "rel"},
    "img": {"alt"},
    "link": {"href", "rel"},
    "meta": {"name", "content"},
}
_SHOWN_RELS = {"me", "privacy-policy", "terms-of-service"}


@dataclass(frozen=True, slots=True)
class Hypertext:
    """What a page shows: its title, its words by lines, and where its links lead.

    `links` holds whole addresses: of `<a>`, and of `<link>` where it tells readers
    who this is (`rel=me`). `told` are those of the other `<link>`, by their `rel`;
    `alts` says what each picture shows.
    """

    title: str
    text: str = field(repr=False)
    links: tuple[str, ...]
    told: dict[str, str]
    alts: tuple[str, ...] = ()


def read(html: str, base: str) -> Hypertext:
    """What the page at the address `base` shows."""
    clean = nh3.clean(
        html,
        tags=_KEPT,
        attributes=_ATTRIBUTES,
        clean_content_tags={"script", "style", "template", "svg"},
        link_rel=None,
        url_schemes={"http", "https"},
        url_relative="pass_through",
    )
    reader = _Reader(base)
    reader.feed(clean)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return Hypertext(
        " ".join("".join(reader.title).split()),
        "\n".join(line for line in lines if line),
        tuple(dict.fromkeys(reader.links)),
        reader.told,
        tuple(reader.alts),
    )


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self._in_title = False
        self.title: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.told: dict[str, str] = {}
        self.alts: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.words.append("\n")
        self._in_title = tag == "title" and not self.title
        given = {name: value or "" for name, value in attrs}
        if tag in {"a", "link"} and (address := self._address(given.get("href", ""))):
            self._note(tag, given.get("rel", "").lower().split(), address)
        if tag == "img":
            self.alts.append(given.get("alt", ""))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.words.append("\n")
        self._in_title = False

    @override
    def handle_data(self, data: str) -> None:
        (self.title if self._in_title else self.words).append(data)

    def _note(self, tag: str, rels: list[str], address: str) -> None:
        if tag == "a" or not _SHOWN_RELS.isdisjoint(rels):
            self.links.append(address)
        else:
            for rel in rels:
                self.told.setdefault(rel, address)

    def _address(self, href: str) -> str:
        if not href:
            return ""
        try:
            address = urljoin(self._base, href.strip())
        except ValueError:
            return ""
        return address if address.startswith(("http://", "https://")) else ""
