"""What the reader adds to the rules' hits, and what it may take from them."""

import numpy as np
import pytest

from wardline.screening import Context, default
from wardline.screening.cover import Span
from wardline.screening.outputs import OUTPUTS, TOPICS
from wardline.screening.reader.reader import Thresholds
from wardline.screening.reader.sight import Sight
from wardline.screening.sights import stands

THRESHOLDS = Thresholds(dict.fromkeys(TOPICS, 2.0), dict.fromkeys(TOPICS, -1.0))


def sight(score: float, spans: list[Span] | None = None) -> Sight:
    spans = spans or []
    scores = np.full(len(OUTPUTS), score, np.float32)
    return Sight(scores, np.zeros((len(spans), len(OUTPUTS)), np.float32), spans)


@pytest.mark.parametrize(("score", "expected"), [(-2.0, False), (0.0, True)])
def test_a_hit_that_the_reader_denies_is_dropped(
    score: float, *, expected: bool
) -> None:
    rule = default().pack.rules["patient-privacy/name-with-title"]
    assert stands(THRESHOLDS, sight(score), rule) is expected


def test_a_number_with_a_form_of_its_own_stands_whatever_is_read() -> None:
    rule = default().pack.rules["patient-privacy/mrn"]
    assert stands(THRESHOLDS, sight(-9.0), rule)


def test_a_number_is_told_once_and_without_the_marks_around_it() -> None:
    found = default().check(
        "MRN 4471903.\n\nCall my patient at 617-555-0184.", Context()
    )
    numbers = [(f.kind, f.quote) for f in found if any(c.isdigit() for c in f.quote)]
    assert numbers == [("mrn", "4471903"), ("phone", "617-555-0184")]


def test_a_person_is_told_by_the_name_alone() -> None:
    text = "My patient Rosalind Achterberg finally went home today"
    spans = default().spans("patient-privacy/name-as-read", text, Context())
    assert [text[start:end] for start, end in spans] == ["Rosalind Achterberg"]
