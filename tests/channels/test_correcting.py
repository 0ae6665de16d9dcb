"""The plain form of a correction: as much as fits, and never without its link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.channels.correcting import correction_text

REASON = "The clinic opens on Tuesday, not on Monday."
TEXT = "Come on Tuesday at 9."
PAGE = "https://wardline.example/corrections/7"


def worded(
    most: int, reason: str = REASON, text: str = TEXT, *, replaces: bool = False
) -> str:
    return correction_text(
        reason=reason,
        text=text,
        page_url=PAGE,
        fits=lambda one: len(one) <= most,
        replaces=replaces,
    )


def test_with_room_it_says_the_reason_the_new_text_and_where_the_original_is() -> None:
    assert worded(500) == f"Correction: {REASON}\n\n{TEXT}\n\nThe original: {PAGE}"


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (120, f"Correction: {REASON}\n\nThe original: {PAGE}"),
        (90, f"Correction: The clinic opens on …\n\nThe original: {PAGE}"),
        (70, f"Correction of this post: {PAGE}"),
        (0, f"Correction of this post: {PAGE}"),
    ],
)
def test_with_less_room_it_leaves_out_the_text_then_words_of_the_reason(
    most: int, expected: str
) -> None:
    assert worded(most) == expected


@pytest.mark.parametrize("most", [500, 110, 100, 0])
def test_what_takes_the_place_of_the_post_never_loses_the_new_text(most: int) -> None:
    made = worded(most, replaces=True)
    assert made.startswith("Correction")
    assert TEXT in made
    assert PAGE in made
    assert len(made) <= most or most == 0


def test_a_reason_of_several_lines_becomes_one() -> None:
    assert worded(500, reason="Wrong\n\nday.").startswith("Correction: Wrong day.\n\n")


def test_without_a_text_or_a_reason_no_blank_is_left_for_it() -> None:
    assert worded(500, text=" ") == f"Correction: {REASON}\n\nThe original: {PAGE}"
    assert worded(500, reason=" ", text="") == f"Correction of this post: {PAGE}"


@given(reason=st.text(max_size=80), text=st.text(max_size=80), most=st.integers(0, 300))
def test_whatever_the_room_it_says_correction_links_and_fits_if_anything_does(
    reason: str, text: str, most: int
) -> None:
    made = worded(most, reason, text)
    assert made.startswith("Correction")
    assert PAGE in made
    assert len(made) <= max(most, len(f"Correction of this post: {PAGE}"))
