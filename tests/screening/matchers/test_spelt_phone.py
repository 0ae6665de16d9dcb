"""Telephone numbers in words."""

import pytest

from wardline.screening.matchers import spelt_phone


@pytest.mark.parametrize(
    "text", ["", "617-555-0148", "one two three", "nine zero zero, four four"]
)
def test_figures_alone_and_short_counts_are_left_alone(text: str) -> None:
    assert not spelt_phone.accepts(text)


@pytest.mark.parametrize(
    "text",
    [
        "six one seven, five five five, zero one four eight",
        "(six one seven) 555-oh-one-four-eight",
        "seis uno siete cinco cinco cinco cero uno cuatro ocho",
    ],
)
def test_a_number_that_is_read_out_is_seen(text: str) -> None:
    assert spelt_phone.accepts(text)
