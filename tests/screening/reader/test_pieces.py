"""Word pieces: known beginnings first, spans that lead back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.screening.fold import fold
from wardline.screening.reader.pieces import Vocabulary

KNOWN = ("[UNK]", "[CLS]", "[SEP]", "ward", "##s", "nurse", "#", "for", "ana", "pray")
VOCABULARY = Vocabulary({piece: number for number, piece in enumerate(KNOWN)})


def words_of(text: str) -> list[str]:
    return [KNOWN[number] for number in VOCABULARY.pieces(text).ids]


def test_no_text_has_no_pieces() -> None:
    assert len(VOCABULARY.pieces("")) == 0
    assert len(VOCABULARY.pieces("  \n ")) == 0


def test_a_word_is_its_longest_known_beginning_and_what_follows() -> None:
    assert words_of("wards") == ["ward", "##s"]
    assert VOCABULARY.pieces("the wards").spans == [(0, 3), (4, 8), (8, 9)]


def test_a_word_with_no_known_beginning_is_unknown_as_a_whole() -> None:
    assert words_of("wardx qqq") == ["[UNK]", "[UNK]"]
    assert words_of("a" * 5000) == ["[UNK]"]


@pytest.mark.parametrize("tag", ["#PrayForAna", "#prayForANA"])
def test_a_hashtag_is_cut_where_its_capitals_are(tag: str) -> None:
    assert words_of(tag) == ["#", "pray", "for", "ana"]


def test_the_shape_tells_capitals_apart() -> None:
    assert VOCABULARY.pieces("ana Ana ANA").shapes == [0, 1, 2]


@given(st.text())
def test_spans_are_in_order_and_inside_any_folded_text(text: str) -> None:
    folded = fold(text).text
    pieces = VOCABULARY.pieces(folded)
    assert len(pieces.ids) == len(pieces.shapes) == len(pieces.spans)
    edge = 0
    for start, end in pieces.spans:
        assert edge <= start < end <= len(folded)
        edge = end
    said = "".join(folded[start:end] for start, end in pieces.spans)
    assert said == re.sub(r"\s", "", folded, flags=re.ASCII)
