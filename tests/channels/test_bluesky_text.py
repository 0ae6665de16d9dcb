"""Links and tags of a post by their bytes, and the post as HTML."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.channels.bluesky_text import Facet, facets, html_of


def marked(text: str) -> list[str]:
    found = msgspec.convert(facets(text), list[Facet])
    raw = text.encode()
    return [raw[one.index.byteStart : one.index.byteEnd].decode() for one in found]


def test_words_alone_have_no_marks() -> None:
    assert facets("Come on Monday, 5 # 7, a#b.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x_(y))", ["https://a.example/x_(y)"]),
        ("é🏥 https://a.example #flu!", ["https://a.example", "#flu"]),
        ("https://a.example/#top", ["https://a.example/#top"]),
        ("#1 #2026 #covid19 #größe", ["#covid19", "#größe"]),
        ("#" + "a" * 65, []),
        ("“https://a.example”", ["https://a.example"]),
        ("javascript:x ftp://a.example", []),
    ],
)
def test_links_and_tags_are_marked(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


def test_html_shows_the_text_as_it_is_with_its_links() -> None:
    text = "A & <b>\nhttps://a.example?x=1&y=2"
    html = html_of(text, msgspec.convert(facets(text), list[Facet]))
    assert html == (
        "<p>A &amp; &lt;b&gt;<br>"
        '<a href="https://a.example?x=1&amp;y=2">https://a.example?x=1&amp;y=2</a></p>'
    )


@pytest.mark.parametrize(
    ("start", "end", "uri"),
    [(0, 4, "javascript:x"), (3, 1, "https://a.example"), (-1, 2, "https://a.example")],
)
def test_marks_that_make_no_sense_are_left_out(start: int, end: int, uri: str) -> None:
    given = {"index": {"byteStart": start, "byteEnd": end}, "features": [{"uri": uri}]}
    assert html_of("text", msgspec.convert([given], list[Facet])) == "<p>text</p>"


@given(st.lists(st.sampled_from(["é", "🏥", " ", "#a", "https://a.example/(x)", ")."])))
def test_whatever_is_marked_no_sign_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    html = html_of(text, msgspec.convert(facets(text), list[Facet]))
    assert re.sub(r"<[^>]*>", "", html) == text
