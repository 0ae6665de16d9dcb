"""Long texts are read in passages that overlap."""

from wardline.screening.reader.passages import LONGEST, PASSAGES, SAID, passages_of
from wardline.screening.reader.pieces import Vocabulary
from wardline.screening.values import Context

VOCABULARY = Vocabulary(
    {piece: number for number, piece in enumerate(("[UNK]", "[CLS]", "[SEP]", "a"))}
)


def test_no_text_is_one_passage_of_context_alone() -> None:
    (only,) = passages_of(VOCABULARY.pieces(""), Context(), VOCABULARY)
    assert set(only.spans) == {None}
    assert only.passage.segments.sum() == 1  # the closing mark


def test_every_word_of_a_long_text_is_in_some_passage() -> None:
    pieces = VOCABULARY.pieces("a " * 500)
    read = list(passages_of(pieces, Context(), VOCABULARY))
    assert len(read) > 1
    assert {span for part in read for span in part.spans if span} == set(pieces.spans)
    assert all(len(part.passage.ids) <= LONGEST for part in read)


def test_a_text_without_end_is_read_up_to_a_limit() -> None:
    pieces = VOCABULARY.pieces("a " * 50_000)
    assert len(list(passages_of(pieces, Context(), VOCABULARY))) == PASSAGES


def test_a_long_role_leaves_room_for_the_text() -> None:
    context = Context(author_role="a " * 1000)
    (read,) = passages_of(VOCABULARY.pieces("a"), context, VOCABULARY)
    assert read.spans[-2] == (0, 1)


def test_what_is_known_beside_the_text_is_said() -> None:
    context = Context(mode="official", author_employer=False, channel="video")
    (read,) = passages_of(VOCABULARY.pieces("a"), context, VOCABULARY)
    said = [SAID[number] for number in read.passage.said]
    assert said == ["official", "public", "bare", "video"]
