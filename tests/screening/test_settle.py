"""Labor carve-out, precedence and overlaps, as truth tables."""

from collections.abc import Callable

import pytest

from tests.screening.conftest import WriteRule
from wardline.screening import Context, Screener

Make = Callable[[], Screener]


@pytest.fixture
def rules(write_rule: WriteRule) -> None:
    """One rule of each topic, all of which look for the same or near words."""
    write_rule("patient-privacy/number", "phrases = ['17', 'bed 17']")
    write_rule("confidential-information/number", "phrases = ['bed 17', 'budget']")
    write_rule("speaks-for-hospital/we", "phrases = ['we promise']")
    write_rule("missing-disclaimer/best", "phrases = ['best']")


def _topics(make: Make, text: str, context: Context | None = None) -> list[str]:
    return [f"{f.topic}: {f.quote}" for f in make().check(text, context or Context())]


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("nothing at all", []),
        ("bed 17", ["patient-privacy: bed 17"]),
        ("budget 17", ["confidential-information: budget", "patient-privacy: 17"]),
        ("we promise", ["speaks-for-hospital: we promise"]),
        ("best", ["missing-disclaimer: best"]),
        ("best, we promise", ["speaks-for-hospital: we promise"]),
        ("17 17", ["patient-privacy: 17", "patient-privacy: 17"]),
    ],
)
def test_the_graver_topic_silences_the_lesser(
    screener: Make, text: str, left: list[str]
) -> None:
    assert _topics(screener, text) == left


@pytest.mark.clause("POLICY-03", by="wardline.screening.settle")
@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("employer", [True, False])
@pytest.mark.parametrize("said", ["", "overtime pay "])
def test_labor_speech_of_employees_is_left_alone(
    screener: Make, said: str, *, employer: bool
) -> None:
    left = _topics(screener, f"{said}budget", Context(author_employer=employer))
    assert bool(left) is not (bool(said) and employer)


@pytest.mark.usefixtures("rules")
def test_labor_speech_never_excuses_patient_data(screener: Make) -> None:
    assert _topics(screener, "overtime pay, bed 17") == ["patient-privacy: bed 17"]
