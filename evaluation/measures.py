"""What is counted on checked posts: texts, and for spans the labels in them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from evaluation.corpus import Checked, Label
from evaluation.naming import Span, meets
from wardline.screening.outputs import KINDS, PRIVACY, TOPICS

Names = frozenset[str]
Told = tuple[Names, Names, bool]
"""Of a text: what is expected, what is reported, and whether it is clean."""
NOTHING = "nothing"
"""The column of the confusion table for a topic missed with no other in its place."""
GROUPS: dict[str, Callable[[Checked], bool]] = {
    "english": lambda one: one.post.frame is not None and not one.framed("spanish"),
    "spanish": lambda one: one.framed("spanish"),
    "personal": lambda one: one.post.context.mode == "personal",
    "official": lambda one: one.post.context.mode == "official",
}
"""What is measured apart; only a post with a frame says its language."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one topic or kind is told, text by text; None where it never came up."""

    texts: int
    """Those that should be reported."""
    recall: float | None
    precision: float | None
    clean_alarmed: int
    """Clean texts on which it is reported all the same."""


@dataclass(frozen=True, slots=True)
class Group:
    """The figures that are told of any group of texts; shares are of 1."""

    texts: int
    macro_recall: float | None
    """The mean recall of the topics that come up in the group."""
    clean: int
    alarm_rate: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that is counted on one part of the corpus."""

    all: Group
    labor: int
    """Clean texts that talk of pay, staffing or organising."""
    labor_alarmed: int
    span_overlap: float | None
    """Of the quoted labels whose topic and kind are reported: with the right words."""
    topics: dict[str, Score]
    kinds: dict[str, Score]
    groups: dict[str, Group]
    confusion: dict[str, dict[str, int]]
    """Texts by a topic that was missed, and each topic reported but not expected."""


def measure(checked: Sequence[Checked]) -> Measured:
    """Measure one part of the corpus."""
    labor = [one for one in checked if one.clean and one.framed("labor")]
    return Measured(
        all=group(checked),
        labor=len(labor),
        labor_alarmed=sum(bool(one.alarms) for one in labor),
        span_overlap=span_overlap(checked),
        topics=scores(TOPICS, map(_topics, checked)),
        kinds=scores(KINDS, map(_kinds, checked)),
        groups={
            name: group([one for one in checked if belongs(one)])
            for name, belongs in GROUPS.items()
        },
        confusion=confusion(checked),
    )


def group(checked: Sequence[Checked]) -> Group:
    """Measure a group of texts as a whole."""
    topics = scores(TOPICS, map(_topics, checked))
    recalls = [s.recall for s in topics.values() if s.recall is not None]
    clean = [one for one in checked if one.clean]
    return Group(
        texts=len(checked),
        macro_recall=share(sum(recalls), len(recalls)),
        clean=len(clean),
        alarm_rate=share(sum(bool(one.alarms) for one in clean), len(clean)),
    )


def scores(names: Iterable[str], told: Iterable[Told]) -> dict[str, Score]:
    """A score a name."""
    expected, reported, right, alarms = (Counter[str]() for _ in range(4))
    for wanted, found, clean in told:
        expected.update(wanted)
        reported.update(found)
        right.update(wanted & found)
        alarms.update(found if clean else ())
    return {
        name: Score(
            texts=expected[name],
            recall=share(right[name], expected[name]),
            precision=share(right[name], reported[name]),
            clean_alarmed=alarms[name],
        )
        for name in names
    }


def span_overlap(checked: Iterable[Checked]) -> float | None:
    """Of the quoted labels that are reported at all, those with a word in common."""
    met = []
    for one in checked:
        for label in one.post.expect:
            spans = _found(one, label)
            if spans and label.quote:
                places = _places(one.post.text, label.quote)
                met.append(any(meets(*pair) for pair in product(spans, places)))
    return share(sum(met), len(met))


def confusion(checked: Iterable[Checked]) -> dict[str, dict[str, int]]:
    """By topic missed, or "nothing" for a clean text: what was reported instead."""
    table: dict[str, Counter[str]] = {}
    for one in checked:
        extra = one.reported - one.expected
        missed = one.expected - one.reported
        if one.clean and extra:
            missed = frozenset({NOTHING})
        for topic in missed:
            table.setdefault(topic, Counter()).update(extra or {NOTHING})
    return {topic: dict(table[topic].most_common()) for topic in sorted(table)}


def share(part: float, whole: int) -> float | None:
    """A share of 1 to three places, None of nothing."""
    return round(part / whole, 3) if whole else None


def _topics(one: Checked) -> Told:
    return one.expected, one.reported, one.clean


def _kinds(one: Checked) -> Told:
    expected = {e.kind for e in one.post.expect if e.topic == PRIVACY and e.kind}
    reported = {a.kind for a in one.alarms if a.topic == PRIVACY and a.kind}
    return frozenset(expected), frozenset(reported), one.clean


def _found(one: Checked, label: Label) -> list[Span]:
    """Where the label's topic and kind are reported."""
    return [
        (alarm.start, alarm.end)
        for alarm in one.alarms
        if (alarm.topic, alarm.kind) == (label.topic, label.kind)
    ]


def _places(text: str, quote: str) -> list[Span]:
    """Every place of the quote: which one was meant is not said."""
    starts = [at for at in range(len(text)) if text.startswith(quote, at)]
    return [(start, start + len(quote)) for start in starts]
