"""Labels, their order, and what no comment may be called."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.triage import COMMENTS, PROTECTED, REMOVED, judged, read
from wardline.triage import LABELS, Comment, Recent, Verdict, triage

POST = "Flu shots are free at the library this Saturday."
COMMENT = st.builds(Comment, st.text(), st.text(), st.text(max_size=9))


def verdict(comment: str, *, history: tuple[str, ...] = ()) -> Verdict:
    [told] = triage([Comment(POST, comment, history=history)])
    return told


def test_nothing_to_judge_gives_no_verdict() -> None:
    assert list(triage([])) == []


@pytest.mark.parametrize(
    ("comment", "label"),
    [
        ("", "ok"),
        ("Thank you, see you there!", "ok"),
        ("I want to die and I have the pills here", "crisis-escalate"),
        ("My mother Rosa Delgado is in room 412", "phi-in-comment"),
        ("You are all a bunch of idiots", "abuse"),
        ("Earn $500 a day from home, join http://cash.example.net/?ref=9", "spam"),
        ("I waited five hours and nobody came", "criticism-keep"),
        ("Is it for kids too?", "needs-reply"),
        (
            "The goalkeeper dropped another ball in the rain and the striker missed twice",
            "off-topic",
        ),
    ],
)
def test_each_label_has_its_plain_case(comment: str, label: str) -> None:
    told = verdict(comment)
    assert told.label == label
    assert told.reasons
    assert tuple(told.scores) == LABELS


@pytest.mark.clause("ETHICS-08", by="wardline.triage.judge")
@pytest.mark.parametrize(
    ("comment", "label"),
    [
        ("You idiots, I want to kill myself", "crisis-escalate"),
        ("You idiots lost my record number 4471903", "phi-in-comment"),
        ("You idiots let me wait five hours", "abuse"),
        ("I waited five hours. When will you answer?", "criticism-keep"),
    ],
)
def test_the_first_label_that_applies_wins(comment: str, label: str) -> None:
    assert verdict(comment).label == label


@pytest.mark.parametrize(
    "comment",
    [
        "This wait is killing me",
        "I'm dying to see the new garden",
        "I would kill for a coffee",
        "You are killing it, team!",
        "Me muero de risa",
    ],
)
def test_a_turn_of_phrase_is_no_crisis(comment: str) -> None:
    assert verdict(comment).label != "crisis-escalate"


@pytest.mark.parametrize(
    "comment",
    ["This damn printer ate my form", "The parking garage is a fucking nightmare"],
)
def test_swearing_at_things_is_not_abuse(comment: str) -> None:
    assert verdict(comment).label != "abuse"


@pytest.mark.clause("ETHICS-09", by="wardline.triage.judge")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Your mask rule is wrong", "Dropping your mask rule is wrong"),
        ("Stop pushing vaccines", "Stop pushing doubts about vaccines"),
        ("I disagree with the union", "I disagree with the management"),
    ],
)
def test_a_view_and_its_opposite_are_labelled_alike(one: str, other: str) -> None:
    assert verdict(one).label == verdict(other).label == "criticism-keep"


def test_a_link_alone_is_not_spam() -> None:
    told = verdict("More about it here: https://www.cdc.gov/flu/index.html")
    assert told.label == "ok"


def test_who_repeats_an_advertisement_looks_more_like_a_spammer() -> None:
    comment = "We repaint fences and sheds around town, quality paint, twenty years"
    once = verdict(comment).scores["spam"]
    again = verdict(comment, history=(comment, comment)).scores["spam"]
    assert again > once


def test_a_raid_is_told_and_changes_no_label() -> None:
    words = "I disagree with closing the night clinic, our town needs it, keep it open"
    crowd = [Comment(POST, f"{words} {n}", author=str(n)) for n in range(8)]
    told = list(triage(crowd, recent=Recent()))
    assert {one.label for one in told} == {"criticism-keep"}
    assert any("look for a raid" in reason for reason in told[-1].reasons)


@settings(deadline=None)
@given(st.lists(COMMENT, max_size=5))
def test_any_text_gets_one_verdict_in_its_place(comments: list[Comment]) -> None:
    together = list(triage(comments))
    alone = [next(triage([one])) for one in comments]
    assert together == alone
    assert all(0 <= score <= 1 for one in together for score in one.scores.values())


@pytest.mark.parametrize("file", sorted(COMMENTS.glob("*.jsonl")), ids=lambda f: f.stem)
def test_our_own_comments_keep_their_crises_and_their_critics(file: Path) -> None:
    comments = read(file)
    pairs = list(zip(comments, judged(comments), strict=True))
    crises = [told for one, told in pairs if one.label == "crisis-escalate"]
    assert set(crises) == {"crisis-escalate"}
    harmed = [
        one.comment for one, told in pairs if one.label in PROTECTED and told in REMOVED
    ]
    assert len(harmed) <= 1, harmed


def _lines(name: str) -> list[str]:
    return (COMMENTS / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("comment", _lines("crises.txt"))
def test_a_plain_statement_that_somebody_is_at_risk_is_a_crisis(comment: str) -> None:
    assert verdict(comment).label == "crisis-escalate"


@pytest.mark.parametrize("comment", _lines("turns-of-phrase.txt"))
def test_talk_of_death_that_is_no_risk_is_neither_crisis_nor_removable(
    comment: str,
) -> None:
    assert verdict(comment).label not in {"crisis-escalate", "abuse", "spam"}
