"""Markdown as plain text: nothing that was said is lost, and no mark is left."""

import pytest

from wardline.channels.plain import plain


def test_nothing_written_is_nothing_said() -> None:
    assert plain("") == ""


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Come on Monday.", "Come on Monday."),
        ("**a** *b* `c`", "a b c"),
        ("[*Our* hours](https://a.example/x)", "Our hours (https://a.example/x)"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("<https://a.example/é>", "https://a.example/%C3%A9"),
        ("[a.example](https://a.example/)", "https://a.example/"),
        ("[](https://a.example/)", "https://a.example/"),
        ("[us](mailto:us@a.example)", "us (us@a.example)"),
        ("![A wall](https://a.example/p.png)", "A wall (https://a.example/p.png)"),
        ("a &amp; b \\* c <b>", "a & b * c <b>"),
        ("[x](javascript:y)", "[x](javascript:y)"),
        ("# Hours\n\none\ntwo  \nthree", "Hours\n\none\ntwo\nthree"),
        ("* x\n* y\n  * z\n\nthen", "- x\n- y\n  - z\n\nthen"),
        ("- x\n\n  more\n- y", "- x\n\n  more\n\n- y"),
        ("- x\n  - y\n\n    more", "- x\n  - y\n\n    more"),
        ("3) c\n4) d", "3. c\n4. d"),
        ("> q\n> r", "> q\n> r"),
        ("```\ncode\n  x\n```\n\n***", "code\n  x\n\n---"),
    ],
)
def test_marks_go_and_words_and_blocks_stay(markdown: str, said: str) -> None:
    assert plain(markdown) == said


def test_what_was_taken_back_does_not_read_as_said() -> None:
    assert plain("It opens ~~Monday~~ **Tuesday**.") == "It opens ~~Monday~~ Tuesday."


def test_an_address_that_pretends_to_be_another_is_shown() -> None:
    said = plain("[https://good.example](https://bad.example)")
    assert said == "https://good.example (https://bad.example)"


@pytest.mark.parametrize("piece", ["[", "*a_ ", "![[", "x**y**", "<", "~~x"])
def test_hostile_markdown_is_read_to_its_end(piece: str) -> None:
    assert plain(piece * 5_000 + "end").endswith("end")
