"""What the reader adds to the rules' hits, and what it may take from them."""

import numpy as np
import pytest

from wardline.screening import Context, default
from wardline.screening.cover import Span
from wardline.screening.outputs import LABOR, OUTPUTS, TOPICS
from wardline.screening.reader.reader import Thresholds
from wardline.screening.reader.sight import Sight
from wardline.screening.sights import Sights

SEEN, DENIED = 2.0, -1.0
THRESHOLDS = Thresholds(
    alone=dict.fromkeys(TOPICS, SEEN),
    confirm=dict.fromkeys(TOPICS, DENIED),
    labor=1.0,
    worth=0.0,
)


def sight(score: float, spans: list[Span] | None = None) -> Sight:
    spans = spans or []
    scores = np.full(len(OUTPUTS), score, np.float32)
    return Sight(scores, np.zeros((len(spans), len(OUTPUTS)), np.float32), spans)


def stands(rule: str, seen: Sight, context: Context) -> bool:
    pack = default().pack
    return Sights(pack).stands(THRESHOLDS, seen, pack.rules[rule], context)


@pytest.mark.parametrize(("score", "expected"), [(-2.0, False), (0.0, True)])
def test_a_hit_that_the_reader_denies_is_dropped(
    score: float, *, expected: bool
) -> None:
    rule = "patient-privacy/name-with-title"
    assert stands(rule, sight(score), Context()) is expected


def test_a_number_with_a_form_of_its_own_stands_whatever_is_read() -> None:
    assert stands("patient-privacy/mrn", sight(-9.0), Context())


@pytest.mark.parametrize(
    ("rule", "employer", "expected"),
    [
        ("disrespect/as-read", True, False),
        ("disrespect/as-read", False, True),
        ("patient-privacy/name-as-read", True, True),
    ],
)
def test_employees_who_talk_of_their_work_are_left_alone(
    rule: str, *, employer: bool, expected: bool
) -> None:
    talk = sight(0.0)
    talk.scores[OUTPUTS.index(LABOR)] = 1.5
    assert stands(rule, talk, Context(author_employer=employer)) is expected


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
