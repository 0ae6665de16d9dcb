"""From scores of pieces to the words that a person is shown."""

import numpy as np

from wardline.screening.outputs import OUTPUTS
from wardline.screening.reader.sight import Sight

DATE = "patient-privacy/date"


def sight(spans: list[tuple[int, int]], *told: float) -> Sight:
    pieces = np.full((len(spans), len(OUTPUTS)), -9.0, np.float32)
    pieces[:, OUTPUTS.index(DATE)] = told
    return Sight(np.zeros(len(OUTPUTS), np.float32), pieces, spans)


def test_no_words_carry_nothing() -> None:
    assert sight([]).where(DATE) == []


def test_a_word_is_told_whole_though_one_piece_of_it_tells() -> None:
    assert sight([(0, 3), (4, 7), (7, 9)], -9, -9, 5).where(DATE) == [(4, 9)]


def test_neighbours_are_told_together_and_the_surest_come_first() -> None:
    spans = [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert sight(spans, 1, -9, 3, 2).where(DATE) == [(4, 7), (0, 1)]


def test_where_nothing_is_sure_the_likeliest_words_are_told() -> None:
    assert sight([(0, 1), (2, 3), (4, 5)], -8, -3, -4).where(DATE) == [(2, 5)]
