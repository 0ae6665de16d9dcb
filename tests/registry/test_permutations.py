import string
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.registry import permutations as kinds
from wardline.registry.permutations import Permutation, permutations, skeleton

HANDLES = st.text(string.ascii_lowercase + string.digits + "_-.", max_size=25)


def test_of_nothing_there_are_only_words() -> None:
    assert {one.kind for one in permutations("")} <= {
        "added word",
        "added digit",
        "sign",
    }


@pytest.mark.parametrize(
    ("imitation", "kind"),
    [
        ("massgeneral-help", "added word"),
        ("officialmassgeneral", "added word"),
        ("massgenera1", "look-alike character"),
        ("rnassgeneral", "look-alike character"),
        ("m\u0430ssgeneral", "foreign letter"),
        ("masgeneral", "omission"),
        ("masgseneral", "transposition"),
        ("massgenerall", "repetition"),
        ("mass_general", "sign"),
        ("massgeneral2", "added digit"),
        ("massgenerel", "other vowel"),
        ("nassgeneral", "neighbouring key"),
        ("massgeferal", "flipped bit"),
    ],
)
def test_each_kind_is_told(imitation: str, kind: str) -> None:
    assert Permutation(imitation, kind) in set(permutations("MassGeneral"))


@given(HANDLES)
def test_it_is_never_the_handle_itself_and_none_comes_twice(handle: str) -> None:
    made = [one.handle for one in permutations(handle)]
    assert handle not in made
    assert "" not in made
    assert len(made) == len(set(made))


@given(HANDLES)
def test_each_kind_changes_what_it_says(handle: str) -> None:
    assert all(len(one) == len(handle) - 1 for one in kinds.omissions(handle))
    assert all(len(one) == len(handle) + 1 for one in kinds.repetitions(handle))
    assert all(sorted(one) == sorted(handle) for one in kinds.transpositions(handle))
    assert all(handle in one for one in kinds.added_words(handle))
    bare = skeleton(handle)
    assert all(skeleton(one) == bare for one in kinds.signs(handle))
    for one in kinds.flipped_bits(handle):
        changed = [pair for pair in zip(handle, one, strict=True) if pair[0] != pair[1]]
        ((before, after),) = changed
        assert (ord(before) ^ ord(after)).bit_count() == 1


@given(HANDLES)
def test_a_foreign_letter_looks_the_same(handle: str) -> None:
    for one in islice(kinds.foreign_letters(handle), 5):
        assert skeleton(one) == skeleton(handle)


@given(st.text(max_size=40))
def test_a_skeleton_is_its_own(text: str) -> None:
    assert skeleton(text).isalnum() or not skeleton(text)
    assert (
        skeleton(text.upper()) == skeleton(text.upper().swapcase())
        or not text.isascii()
    )
