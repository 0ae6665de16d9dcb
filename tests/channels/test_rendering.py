"""Markdown as safe HTML, and corrections that keep both versions readable."""

import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.channels.marking import mark
from wardline.channels.rendering import correction_html, html_of


def test_nothing_written_is_nothing_shown() -> None:
    assert html_of("") == ""


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("~~old~~ **new**", "<p><s>old</s> <strong>new</strong></p>"),
        ("http://a.example", "<p>http://a.example</p>"),
        ("a <b>b</b> <!-- c -->", "<p>a &lt;b&gt;b&lt;/b&gt; &lt;!-- c --&gt;</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[x](javascript:y)", "<p>[x](javascript:y)</p>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        (
            "![alt](https://a.example/b)",
            '<p><img src="https://a.example/b" alt="alt"></p>',
        ),
    ],
)
def test_markdown_becomes_html_and_nothing_is_dropped(markdown: str, html: str) -> None:
    assert html_of(markdown).strip() == html


def test_links_give_the_target_no_hold_on_the_page() -> None:
    link = '<a href="https://a.example" rel="noopener noreferrer">x</a>'
    assert link in html_of("[x](https://a.example)")


@pytest.mark.clause("ETHICS-05", by="wardline.channels.rendering")
def test_a_correction_says_so_with_date_reason_and_the_way_to_the_original() -> None:
    html = correction_html(
        "It opens Monday.",
        "It opens Tuesday.",
        date=dt.date(2026, 11, 2),
        reason="Wrong day <ours>.",
        page_url='https://w.example/corrections/1?a="b"&c',
    )
    assert html == (
        "<p><strong>Correction</strong> (November 2, 2026): Wrong day &lt;ours&gt;. "
        '<a href="https://w.example/corrections/1?a=&quot;b&quot;&amp;c">'
        "Read the original in full</a>.</p>\n"
        "<p>It opens <del>Monday. </del><ins>Tuesday.</ins></p>\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("same", "same", "<p>same</p>"),
        ("a **b**, c", "a **x**, c", "<p>a <del>b, </del><strong><ins>x</ins></strong><ins>,</ins> c</p>"),
        ("a b c\n\nd", "a\n\nd", "<p>a<del> b c</del></p>\n<p>d</p>"),
        ("gone\n\nd", "d", "<p><del>gone<br></del>d</p>"),
        ("d\n\ngone", "d", "<p>d<del><br>gone</del></p>"),
        ("a b", "a\n\nx", "<p>a<del> b</del></p>\n<p><ins>x</ins></p>"),
        ("a b", "", "<p><del>a b</del></p>"),
        ("", "a b", "<p><ins>a b</ins></p>"),
        ("a now b", "c now d", "<p><del>a </del><ins>c</ins> now <del>b </del><ins>d</ins></p>"),
        ("a <i> b", "a b", "<p>a<del> &lt;i&gt;</del> b</p>"),
        ("- x\n- y\n- z", "- x\n- z", "<ul>\n<li>x</li>\n<li><del>y<br></del>z</li>\n</ul>"),
        ("![p](http://a.example) b", "b", '<p><del><img src="http://a.example" alt="p"> </del>b</p>'),
    ],
)  # fmt: skip
def test_deleted_words_stand_where_they_stood(old: str, new: str, html: str) -> None:
    assert mark(html_of(old), html_of(new)).strip() == html


def test_a_link_that_leads_elsewhere_counts_as_changed() -> None:
    marked = mark(
        html_of("[here](http://a.example)"), html_of("[here](http://b.example)")
    )
    assert "<del>here </del><a " in marked
    assert "<ins>here</ins></a>" in marked


PIECES = ["a", "b", "**c**", "*d*,", "x**y**z", "`g`", "~~h~~", "<i>", "&"]
PIECES += ["[e](http://x.example)", "[e f](http://y.example)", "![i](http://z.example)"]
PIECES += ["\n\n", "\n", "\n* ", "\n> ", "  \n"]
posts = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag not in {"del", "ins"} or not {"del", "ins"} & set(self.open)
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _words(html: str) -> list[str]:
    html = re.sub(r"</?(?:a|strong|em|s|code|del|ins)\b[^>]*>", "", html)
    return re.sub(r"<(?!img)[^>]*>", " ", html).split()


def _without(tag: str, html: str) -> str:
    return re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL)


@pytest.mark.clause("ETHICS-07", by="wardline.channels.marking")
@given(posts, posts)
def test_both_versions_can_be_told_from_well_formed_marks(old: str, new: str) -> None:
    before, after = html_of(old), html_of(new)
    marked = mark(before, after)
    assert _words(_without("ins", marked)) == _words(before)
    assert _words(_without("del", marked)) == _words(after)
    nesting = _Nesting()
    nesting.feed(marked)
    assert nesting.open == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[" * 20_000, "]" * 20_000),
        ("*a_ " * 5_000, "**b" * 5_000),
        ("> " * 5_000, "- " * 5_000),
        ("![[" * 5_000, "`" * 10_000),
        ("x**y**" * 5_000, "x**z**" * 5_000),
        ("<" * 20_000, "a**" * 10_000),
        ("a " * 2_000, "b a " * 2_000),
    ],
)
def test_hostile_markdown_is_rendered_and_marked(old: str, new: str) -> None:
    marked = mark(html_of(old), html_of(new))
    assert _words(_without("del", marked)) == _words(html_of(new))
