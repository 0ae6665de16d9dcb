"""Wikitext: what a post becomes at a wiki, and what a visitor wrote there."""

import re

import pytest

from wardline.channels.rendering import html_of
from wardline.channels.wikitext import escaped, from_html, readable


def test_plain_words_stay_as_they_are() -> None:
    assert from_html("<p>Come on Monday.</p>") == "Come on Monday."


@pytest.mark.parametrize(
    ("markdown", "wikitext"),
    [
        ("It is **free** and *open*.", "It is '''free''' and ''open''."),
        ("~~Monday~~ `code`", "<s>Monday</s> <code>code</code>"),
        ("[Hours](https://a.example/x)", "[https://a.example/x Hours]"),
        ("# One\n\n### Two", "=== One ===\n\n==== Two ===="),
        ("* a\n* b\n  1. c", "* a\n* b\n*# c"),
        ("* a\n\n  more\n* b", "* a<br>more\n* b"),
        ("> said", "<blockquote>\n\nsaid\n\n</blockquote>"),
        ("a\n\n---\n\nb", "a\n\n----\n\nb"),
        ("    a  {{b}}\n", "<pre>a  &#123;&#123;b&#125;&#125;\n</pre>"),
        ("one  \ntwo", "one<br>two"),
        (
            "![A wall](https://a.example/w.png)",
            "[https://a.example/w.png A wall]",
        ),
    ],
)
def test_what_markdown_says_is_said_in_wikitext(markdown: str, wikitext: str) -> None:
    assert from_html(html_of(markdown)) == wikitext


def test_a_correction_keeps_what_was_struck_and_what_is_new() -> None:
    html = "<p>On <del>Monday</del> <strong><ins>Tuesday</ins></strong></p>"
    assert from_html(html) == "On <del>Monday</del> '''<ins>Tuesday</ins>'''"


@pytest.mark.parametrize(
    "text",
    [
        "{{Delete}} [[Category:X]] [https://a.example b]",
        "~~~~ __NOTOC__ ___TOC___ <nowiki> &lt; -{zh}-",
        "'''bold''' 'quoted'",
        "{| table",
        *("* star", "# one", ": in", "; term", "= head =", "---- rule"),
    ],
)
def test_nothing_that_a_wiki_would_run_is_left_in_words(text: str) -> None:
    for made in (escaped(text), from_html(f"<p>{html_text(text)}</p>")):
        assert not re.search(r"[\[\]{}|<>~]|__|''|^[*#:;=]|^----", made)


def html_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_an_address_cannot_leave_its_link() -> None:
    html = "<a href=\"https://a.example/]{{x}}|~~~~__TOC__'' y\">go</a>"
    made = from_html(html)
    assert re.fullmatch(r"\[https://[^\s\[\]{}|~']+ go\]", made)
    assert "__" not in made


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", ""),
        (":: '''When''' do [[Main|you]] open?", "When do you open?"),
        ("== Hours ==\n[[Special:Contributions/Bob|Bob]] 04:13 (UTC)", "Hours"),
        ("Yes &amp; no -- [[User:Bob|Bob]] ([[User talk:Bob|talk]]) 04:13", "Yes & no"),
        ("<b>See</b> [https://a.example/x this]", "See this https://a.example/x"),
        ("Seen <!-- hidden --> twice <!-- and <!-- more", "Seen  twice"),
    ],
)
def test_a_comment_is_read_without_marks_and_signature(
    written: str, words: str
) -> None:
    assert readable(written, "Bob") == words


@pytest.mark.parametrize("piece", ["[[", "[[a|", "<!--", "[https://a", "''", "<a", " "])
def test_hostile_talk_is_read_in_no_time(piece: str) -> None:
    assert readable("When do you open?\n" + piece * 200_000, "Bob").startswith("When")
