"""The measures on a corpus so small that the answers can be counted by hand."""

import pytest

from evaluation.corpus import Checked, Label, Post
from evaluation.measures import measure
from wardline.screening import Context, Finding

TEXT = "Rosa Delgado gave to us, and Rosa slept"


def finding(topic: str, quote: str, kind: str | None = None) -> Finding:
    start = TEXT.index(quote)
    return Finding(
        rule=f"{topic}/one",
        topic=topic,
        kind=kind,
        start=start,
        end=start + len(quote),
        quote=quote,
        severity="advise",
        clauses=(),
        message="",
        suggestion="",
    )


def checked(
    expect: tuple[Label, ...] = (),
    alarms: tuple[Finding, ...] = (),
    frame: tuple[str, ...] | None = (),
    context: Context | None = None,
) -> Checked:
    return Checked(Post("1", TEXT, context or Context(), expect, frame), alarms)


NAME = Label("patient-privacy", "name", "Rosa")
GIFT = Label("fundraising", None, "gave to us")


def test_nothing_checked_measures_nothing() -> None:
    measured = measure([])
    assert measured.all.macro_recall is None
    assert measured.all.alarm_rate is None
    assert measured.span_overlap is None
    assert measured.topics["fundraising"].recall is None
    assert measured.confusion == {}


def test_a_topic_is_counted_once_a_text() -> None:
    twice = (finding("fundraising", "gave"), finding("fundraising", "to us"))
    measured = measure(
        [
            checked((GIFT, GIFT), twice),
            checked((GIFT,)),
            checked((NAME,), twice),
            checked((), twice),
        ]
    )
    score = measured.topics["fundraising"]
    assert (score.texts, score.recall, score.precision) == (2, 0.5, 0.333)
    assert score.clean_alarmed == 1


def test_a_kind_is_right_only_as_itself() -> None:
    measured = measure(
        [
            checked((NAME,), (finding("patient-privacy", "Rosa", "name"),)),
            checked((NAME,), (finding("patient-privacy", "Rosa", "date"),)),
        ]
    )
    assert measured.topics["patient-privacy"].recall == 1
    assert measured.kinds["name"].recall == 0.5
    assert measured.kinds["date"].precision == 0
    assert measured.kinds["date"].clean_alarmed == 0


def test_the_macro_recall_is_the_mean_of_the_topics_that_come_up() -> None:
    name = finding("patient-privacy", "Rosa", "name")
    measured = measure([checked((NAME,), (name,)), *[checked((GIFT,))] * 3])
    assert measured.all.macro_recall == 0.5


@pytest.mark.parametrize(
    ("quote", "overlap"),
    [("Delgado", 0.0), ("Rosa Delgado", 1.0), ("Rosa slept", 1.0)],
)
def test_a_span_is_right_when_it_meets_the_quote_anywhere(
    quote: str, overlap: float
) -> None:
    alarm = finding("patient-privacy", quote, "name")
    assert measure([checked((NAME,), (alarm,))]).span_overlap == overlap


def test_labels_that_are_missed_or_unquoted_have_no_span() -> None:
    absent = Label("missing-disclaimer")
    alarm = finding("missing-disclaimer", "Rosa")
    measured = measure([checked((NAME,)), checked((absent,), (alarm,))])
    assert measured.span_overlap is None


def test_labor_texts_are_clean_ones() -> None:
    alarm = (finding("disrespect", "Rosa"),)
    measured = measure(
        [
            checked((), alarm, ("labor",)),
            checked((), (), ("labor", "spanish")),
            checked((GIFT,), alarm, ("labor",)),
        ]
    )
    assert (measured.labor, measured.labor_alarmed) == (2, 1)


def test_a_text_without_a_frame_has_no_language() -> None:
    official = Context(mode="official")
    groups = measure(
        [
            checked(frame=None, context=official),
            checked(frame=("spanish",)),
            checked((), (finding("disrespect", "Rosa"),)),
        ]
    ).groups
    assert {name: one.texts for name, one in groups.items()} == {
        "english": 1,
        "spanish": 1,
        "personal": 2,
        "official": 1,
    }
    assert groups["english"].alarm_rate == 1
    assert groups["spanish"].alarm_rate == 0


def test_what_is_missed_is_told_with_what_was_reported_instead() -> None:
    alarm = (finding("disrespect", "Rosa"),)
    found = finding("patient-privacy", "Rosa", "name")
    measured = measure(
        [
            checked((GIFT,), alarm),
            checked((GIFT,)),
            checked((GIFT, NAME), (found,)),
            checked((NAME,), (found, *alarm)),
            checked((), alarm),
            checked(),
        ]
    )
    assert measured.confusion == {
        "fundraising": {"nothing": 2, "disrespect": 1},
        "nothing": {"disrespect": 1},
    }
