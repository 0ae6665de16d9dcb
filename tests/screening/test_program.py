"""An expression that was kept is the expression that was compiled."""

import re

import pytest
from hypothesis import given, settings

from tests.screening.test_anchors import PATTERNS, TEXTS
from wardline.screening.program import loaded, program


def test_what_is_no_expression_is_refused() -> None:
    with pytest.raises(re.error):
        program("(", re.ASCII)


@pytest.mark.parametrize("flags", [re.ASCII, re.ASCII | re.IGNORECASE])
def test_flags_and_groups_are_kept(flags: int) -> None:
    source = r"(?P<day>\d+)(x)(?P<span>[a-z]+)"
    kept = loaded(source, program(source, flags))
    assert kept.groupindex == {"day": 1, "span": 3}
    assert kept.flags == re.compile(source, flags).flags
    assert kept.pattern == source
    match = kept.search("in 12xAbc")
    assert bool(match) is bool(flags & re.IGNORECASE)
    assert match is None or match["span"] == "Abc"


@settings(deadline=None)
@given(PATTERNS, TEXTS)
def test_what_is_kept_matches_alike(pattern: str, text: str) -> None:
    kept = loaded(pattern, program(pattern, re.ASCII))
    expected = re.finditer(pattern, text, re.ASCII)
    assert [m.span() for m in kept.finditer(text)] == [m.span() for m in expected]
