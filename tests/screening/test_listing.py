"""How findings are printed: the line, the words underlined, nothing that steers."""

import pytest

from wardline.screening import Finding
from wardline.screening.listing import listed


def _listed(text: str, quote: str) -> list[str]:
    start = text.index(quote)
    found = Finding(
        rule="a/b",
        topic="a",
        kind=None,
        start=start,
        end=start + len(quote),
        quote=quote,
        severity="advise",
        clauses=("POLICY-01", "ETHICS-04"),
        message="Too much.",
        suggestion="Say less.",
    )
    return list(listed("post.txt", text, found))


def test_a_finding_is_shown_on_its_line() -> None:
    assert _listed("one\ntwo three\nfour", "three") == [
        "post.txt:2:5: advise a/b: Too much.",
        "    two three",
        "        ^^^^^",
        "    Say less. [POLICY-01, ETHICS-04]",
    ]


@pytest.mark.parametrize(
    ("text", "line", "marks"),
    [
        ("😀 x", "    😀 x", "       ^"),
        ("e\u0301 x", "    e\u0301 x", "      ^"),
        ("\tx", "     x", "     ^"),
        ("\x1b[31m\u202ex", "    �[31m�x", "          ^"),
        ("漢字x", "    漢字x", "        ^"),
    ],
)
def test_the_marks_stand_under_the_words(text: str, line: str, marks: str) -> None:
    assert _listed(text, "x")[1:3] == [line, marks]


def test_a_long_line_is_cut_around_the_finding() -> None:
    _, line, marks, _ = _listed("a" * 5000 + "quote" + "b" * 5000, "quote")
    assert line == f"    …{'a' * 60}quote{'b' * 60}…"
    assert marks == f"{' ' * 65}{'^' * 5}"


def test_a_quote_over_two_lines_is_marked_on_the_first() -> None:
    assert _listed("say no\nmore", "no\nmore")[1:3] == ["    say no", "        ^^"]
