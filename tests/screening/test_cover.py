"""A cover answers as a look at every span would."""

from hypothesis import given
from hypothesis import strategies as st

from wardline.screening.cover import Cover

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda s: (s[0], sum(s)))


def test_nothing_is_covered_at_first() -> None:
    assert not Cover()
    assert not Cover().overlaps(0, 100)


@given(st.lists(SPANS, max_size=8), SPANS)
def test_an_overlap_is_an_overlap_with_any_span(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    any_of_them = any(start < asked[1] and asked[0] < end for start, end in spans)
    assert Cover(spans).overlaps(*asked) is any_of_them


@given(st.lists(SPANS, max_size=8), SPANS)
def test_spans_may_be_added_in_any_order(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    cover, added = Cover(), []
    for span in spans:
        if not cover.overlaps(*span):
            cover.add(*span)
            added.append(span)
    assert cover.overlaps(*asked) is Cover(added).overlaps(*asked)
