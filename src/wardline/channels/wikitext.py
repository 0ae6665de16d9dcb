"""Wikitext: made from a post's HTML so that nothing in it runs, and read as plain words.

https://www.mediawiki.org/wiki/Help:Formatting
"""

import html
import re
from html.parser import HTMLParser

import nh3
from typing_extensions import override

_QUOTES = {"strong": "'''", "em": "''"}
_AS_HTML = {"s", "del", "ins", "code"}
_LISTS = {"ul": "*", "ol": "#"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_ENDING = {"p", "li", *_HEADINGS}
_TAGS = {"a", "img", "br", "hr", "pre", "blockquote", *_QUOTES, *_AS_HTML}
_KEPT = _TAGS | _ENDING | _LISTS.keys()

# As entities they are shown, and neither templates, links nor signatures begin.
_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "[]{}|<>&~"}
_IN_ADDRESS = {ord(sign): f"%{ord(sign):02X}" for sign in "[]{}|<>~'\" "}
_APOSTROPHE = re.compile(r"'(?=')|(?<=')'|^'|'$")
_UNDERSCORE = re.compile(r"_(?=_)")
_AT_LINE_START = re.compile(r"\A(?:[*#:;=]|-(?=---))")

_AROUND_BREAK = re.compile(r" ?<br> ?")
_PAGE_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
_WEB_LINK = re.compile(r"\[(https?://[^\s\[\]]+) ([^\[\]\n]*)\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")


def escaped(text: str) -> str:
    """Plain text as one line of wikitext that shows it as written."""
    return _safe_start(_inline(text))


def from_html(source: str) -> str:
    """The wikitext that shows what this HTML of a post shows."""
    writer = _Writer()
    writer.feed(nh3.clean(source, tags=set(_KEPT), link_rel=None))
    writer.close()
    return writer.finished()


def readable(wikitext: str, author: str) -> str:
    """The words that somebody wrote on a talk page, without their signature."""
    first, *others = wikitext.split("<!--")
    shown = first + "".join(each.partition("-->")[2] for each in others)
    signature = re.compile(r"\[\[[^\[\]\n]*" + re.escape(author or "\n"))
    lines = (_unsigned(line, signature) for line in shown.split("\n"))
    words = (_plain(line).strip(" \t:*#;=") for line in lines)
    return "\n".join(line for line in words if line)


def _inline(text: str) -> str:
    line = " ".join(text.split()).translate(_SIGNS)
    return _UNDERSCORE.sub("&#95;", _APOSTROPHE.sub("&#39;", line))


def _safe_start(line: str) -> str:
    """A line that begins no list, heading or rule."""
    return _AT_LINE_START.sub(lambda sign: f"&#{ord(sign[0])};", line)


def _address(url: str) -> str:
    address = url.translate(_IN_ADDRESS).replace("__", "_%5F")
    return html.escape(address, quote=False)


def _unsigned(line: str, signature: re.Pattern[str]) -> str:
    found = signature.search(line)
    return line[: found.start()].rstrip(" -—") if found else line


def _plain(line: str) -> str:
    line = _WEB_LINK.sub(r"\2 \1", _PAGE_LINK.sub(r"\1", line))
    return html.unescape(_TAG.sub("", re.sub(r"'{2,}", "", line)))


class _Writer(HTMLParser):
    """Gathers one line of wikitext after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._done: list[str] = []
        self._line: list[str] = []
        self._lists: list[str] = []
        self._before = self._after = ""
        self._preformatted = False

    def finished(self) -> str:
        self._end_line()
        joined = "\n\n".join(self._done)
        return re.sub(r"(?m)^([*#]+ .*)\n\n(?=[*#]+ )", r"\1\n", joined)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._preformatted:
            return
        if tag in _QUOTES:
            self._line.append(_QUOTES[tag])
        elif tag == "br" or tag in _AS_HTML:
            self._line.append(f"<{tag}>")
        elif tag == "a":
            self._line.append(f"[{_address(given.get('href', ''))} ")
        elif tag == "img":
            address, alt = _address(given.get("src", "")), escaped(given.get("alt", ""))
            self._line.append(f"[{address} {alt}]")
        elif tag == "p" and self._lists:
            self._line += ["<br>"] if self._line else []  # within one item
        else:
            self._begin(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if self._preformatted and tag != "pre":
            return
        if tag in _QUOTES:
            self._line.append(_QUOTES[tag])
        elif tag in _AS_HTML:
            self._line.append(f"</{tag}>")
        elif tag == "a":
            self._line.append("]")
        elif tag != "p" or not self._lists:
            self._end(tag)

    @override
    def handle_data(self, data: str) -> None:
        if self._preformatted:
            self._line.append(data.translate(_SIGNS))
        elif data.strip():
            lead, tail = data[:1].isspace(), data[-1:].isspace()
            self._line.append(" " * lead + _inline(data) + " " * tail)
        elif self._line:
            self._line.append(" ")

    def _begin(self, tag: str) -> None:
        self._end_line()
        if tag in _LISTS:
            self._lists.append(_LISTS[tag])
        elif tag == "li":
            self._before = "".join(self._lists) + " "
        elif tag in _HEADINGS:
            signs = "=" * min(max(int(tag[1]) + 1, 3), 6)
            self._before, self._after = f"{signs} ", f" {signs}"
        elif tag == "hr":
            self._done.append("----")
        elif tag == "blockquote":
            self._done.append("<blockquote>")
        self._preformatted = tag == "pre"

    def _end(self, tag: str) -> None:
        if tag == "pre":
            self._done.append(f"<pre>{''.join(self._line)}</pre>")
            self._line, self._preformatted = [], False
        self._end_line()
        if tag in _LISTS:
            self._lists.pop()
        elif tag == "blockquote":
            self._done.append("</blockquote>")

    def _end_line(self) -> None:
        line = _AROUND_BREAK.sub("<br>", "".join(self._line)).strip()
        if line:
            line = line if self._before else _safe_start(line)
            self._done.append(f"{self._before}{line}{self._after}")
        self._line, self._before, self._after = [], "", ""
