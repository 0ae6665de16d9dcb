"""Words and shapes miss nothing that an expression matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardline.screening.scan import DatabaseError, Scanner, compiled, refusal
from wardline.screening.shape import ShapeError, shape
from wardline.screening.words import EDGE, required

PARTS = [
    "a", "bc", r"\s+", r"\s\s", r"\n", r"\s*", r"\d{2,4}", r"\w+", r"[xy]", "[^a-z]", ".{0,9}?", r"\b",
    "(?:one|two three)", "(?:a|b+)?", "(?-i:Z)", "(q)", "(?=b)", "(?<!a)",
    r"\.", "(?:ab)+", "^", "$", "(?>ab)", "a*+",
]  # fmt: skip
PATTERNS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join)
TEXTS = st.lists(
    st.sampled_from(
        ["a", "b", "bc", " ", "  ", "\n", "12", "x", "Z", "q", ".", "one", "two"]
    ),
    max_size=20,
).map("".join)


def test_a_pattern_without_letters_requires_no_words() -> None:
    assert required(r"\d+") == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"colou?r", [{"color", "colour"}]),
        (r"\bour\s+(?:stance|position)\b", [{"our stance", "our position"}]),
        (r"sick\s+.*\bday", [{"sick "}, {f"{EDGE}day"}]),
        (r"(?:a\d|bcd)", [{"a", "bcd"}]),
        (r"(?:\d|bcd)", []),
        (r"[Mm]rn", [{"mrn"}]),
    ],
)
def test_required_words(pattern: str, words: list[set[str]]) -> None:
    found = [{word.removeprefix(EDGE) for word in one} for one in required(pattern)]
    wanted = [{word.removeprefix(EDGE) for word in one} for one in words]
    assert [{word.removesuffix(EDGE) for word in one} for one in found] == wanted


@settings(deadline=None)
@given(PATTERNS, TEXTS)
def test_every_match_holds_the_required_words(pattern: str, text: str) -> None:
    if re.search(pattern, text, re.IGNORECASE | re.ASCII):
        spaced = re.sub(r"\s+", " ", text).lower()
        for words in required(pattern):
            assert any(word.replace(EDGE, "") in spaced for word in words)


@settings(deadline=None)
@given(PATTERNS, TEXTS)
def test_every_match_sets_its_shape_off(pattern: str, text: str) -> None:
    match = re.search(pattern, text, re.IGNORECASE | re.ASCII)
    if match is None or not match[0]:
        return
    try:
        source = shape(pattern)
    except ShapeError:
        return
    if refusal(source) is None:
        assert Scanner(compiled([(source, False)])).events(text.encode())


@pytest.mark.parametrize("pattern", [r"(a)\1", r"(a)?(?(1)b|c)", "a*", "(?=a)"])
def test_what_cannot_be_scanned_for_is_refused(pattern: str) -> None:
    with pytest.raises(ShapeError):
        shape(pattern)


def test_a_refusal_gives_the_librarys_reason() -> None:
    assert refusal("a") is None
    assert refusal("(a") == "Missing close parenthesis for group started at index 0."


def test_a_foreign_database_is_refused() -> None:
    with pytest.raises(DatabaseError):
        Scanner(b"no database")
