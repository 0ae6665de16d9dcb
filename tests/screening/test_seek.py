"""Seeking gives what `finditer` gives, however often a start deceives."""

import re

import pytest
from hypothesis import given, settings

from tests.screening.test_anchors import PATTERNS, TEXTS
from wardline.screening import seek
from wardline.screening.probe import Expression
from wardline.screening.seek import Seeker
from wardline.screening.shape import ShapeError, start


def _spans(seeker: Seeker, text: str) -> list[tuple[int, int]]:
    """Of all matches that hold anything."""
    found = (match.span() for match in seeker.matches(text, text.encode()))
    return [span for span in found if span[0] < span[1]]


def _expected(source: str, text: str) -> list[tuple[int, int]]:
    found = re.finditer(source, text, re.IGNORECASE | re.ASCII)
    return [match.span() for match in found if match.end() > match.start()]


def _seeker(source: str) -> Seeker:
    return Seeker(Expression(source, case=False), start(source))


def test_nothing_is_sought_in_an_empty_text() -> None:
    assert _spans(_seeker("bed"), "") == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("bed", "Bed, bed and embedded"),
        (r"(?<=no )bed", "bed no bed"),
        (r"(?:the )?bed(?= rest)", "the bed, the bed rest"),
        (r"bed(?!s)", "beds " * 50 + "bed beds bed"),
        (r"\bbed\b", "bed" * 3 + " bed"),
        (r"\bb?", "a bed"),
        ("[^.]{0,9}bed", "a bed " * 20),
    ],
)
def test_what_is_sought_is_found(source: str, text: str) -> None:
    assert _spans(_seeker(source), text) == _expected(source, text) != []


def test_what_would_have_to_be_read_too_often_is_left_to_re(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seek, "READ", 100)
    text = "bed beds " * 4
    assert _spans(_seeker(r"bed(?!s)"), text) == _expected(r"bed(?!s)", text) != []


def test_an_expression_without_a_shape_is_tried_everywhere() -> None:
    seeker = Seeker(Expression(r"(b)\1", case=False), None)
    assert _spans(seeker, "a bb b bb") == [(2, 4), (7, 9)]


def test_a_shape_that_is_too_large_for_re2_is_done_without() -> None:
    assert _spans(_seeker("(?:ab){1200}"), "ab" * 1200) == [(0, 2400)]


@settings(deadline=None)
@given(PATTERNS, TEXTS)
def test_all_that_matches_is_found(pattern: str, text: str) -> None:
    try:
        shape = start(pattern)
    except ShapeError:
        return
    seeker = Seeker(Expression(pattern, case=False), shape)
    assert _spans(seeker, text) == _expected(pattern, text)
