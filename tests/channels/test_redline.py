"""A redline tells both texts, in every case and fast."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.channels.redline import Segment, changes, redline


def test_equal_texts_are_all_the_same() -> None:
    assert redline("One two.", "One two.") == [Segment("same", "One two.")]
    assert redline("", "") == []


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("", "Hello", "{Hello}"),
        ("Hello", "", "[Hello]"),
        ("a", "b", "[a ]{b}"),
        ("closed on Monday.", "open on Monday.", "[closed ]{open }on Monday."),
        ("come on Monday.", "come on Tuesday.", "come on [Monday. ]{Tuesday.}"),
        ("The end.", "The end. More", "The end. {More}"),
        ("The end. More", "The end.", "The end.[ More]"),
        ("a b c d", "a x d", "a [b c ]{x }d"),
        ("one\n\ntwo", "one two", "one two"),
        (" a b ", "a b", "a b"),
        ("schön 🙂 x", "schön 🙃 x", "schön [🙂 ]{🙃 }x"),
    ],
)
def test_a_redline_reads_naturally(old: str, new: str, marked: str) -> None:
    marks = {"same": "{}", "del": "[{}]", "ins": "{{{}}}"}
    assert "".join(marks[s.kind].format(s.text) for s in redline(old, new)) == marked


texts = st.text(alphabet="ab \n🙂", max_size=30)


@given(texts, texts)
def test_without_one_kind_it_is_the_other_text(old: str, new: str) -> None:
    segments = redline(old, new)
    kept = "".join(each.text for each in segments if each.kind != "ins")
    came = "".join(each.text for each in segments if each.kind != "del")
    assert kept.split() == old.split()
    assert came.split() == new.split()
    assert came == new or not new.split()


@given(texts, texts)
def test_deleted_words_never_stick_to_their_neighbours(old: str, new: str) -> None:
    segments = redline(old, new)
    for first, second in itertools.pairwise(segments):
        assert first.text[-1].isspace() or second.text[0].isspace()
        assert (first.kind, second.kind) != ("ins", "del")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 2_000, "b a " * 2_000),
        ("a b " * 1_000, "b a " * 1_000),
        (" ".join(map(str, range(2_000))), " ".join(map(str, range(2_000, 0, -1)))),
    ],
)
def test_hostile_texts_of_2000_words_are_compared_in_full(old: str, new: str) -> None:
    segments = redline(old, new)
    assert any(each.kind == "same" for each in segments)


def test_texts_too_long_to_compare_are_replaced_between_what_they_share() -> None:
    old = ["head", *map(str, range(20_000)), "tail"]
    new = ["head", *map(str, range(20_000, 0, -1)), "tail"]
    found = [(each.kind, each.old_end - each.old_start) for each in changes(old, new)]
    assert found == [("same", 1), ("del", 20_000), ("ins", 0), ("same", 1)]
