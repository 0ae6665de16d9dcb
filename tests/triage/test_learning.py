"""New weights from moderators' decisions, their file, their report, their undoing."""

import numpy as np
import pytest

from wardline.triage import Comment, Weights, WeightsError, triage
from wardline.triage.learning import Lesson, Lineage, changes, learn
from wardline.triage.weights import shipped

POST = "Flu shots on Saturday"
QUILTS = Comment(POST, "Quilting circle meets at the barn, bring your own thread")
CRISIS = Comment(POST, "I want to kill myself")
CRITIC = Comment(POST, "I waited five hours in your emergency room")


def _label(comment: Comment, weights: Weights) -> str:
    [verdict] = triage([comment], weights)
    return verdict.label


def test_nothing_is_learnt_from_no_lessons() -> None:
    assert learn(shipped(), []) is shipped()


def test_decisions_change_what_comes_next_and_are_told_first() -> None:
    lessons = [Lesson(QUILTS, "spam")] * 20 + [Lesson(CRITIC, "criticism-keep")] * 20
    after = learn(shipped(), lessons)
    assert after.version == shipped().version + 1
    assert _label(QUILTS, after) == "spam"
    told = list(changes(shipped(), after, [CRITIC, QUILTS]))
    assert [(one.comment, one.now) for one in told] == [(QUILTS, "spam")]


def test_no_decisions_can_silence_a_crisis_or_a_critic() -> None:
    lessons = [Lesson(CRISIS, "spam"), Lesson(CRITIC, "spam")] * 30
    after = learn(shipped(), lessons)
    assert _label(CRISIS, after) == "crisis-escalate"
    assert _label(CRITIC, after) == "criticism-keep"


def test_learning_the_same_twice_gives_the_same() -> None:
    lessons = [Lesson(QUILTS, "off-topic"), Lesson(CRITIC, "criticism-keep")]
    one, other = learn(shipped(), lessons), learn(shipped(), lessons)
    assert one.packed() == other.packed()


def test_a_version_can_be_undone_but_not_the_first() -> None:
    first = Lineage((shipped(),))
    second = first.followed_by(learn(shipped(), [Lesson(QUILTS, "spam")]))
    assert second.current.version == 1
    assert second.undone() == first
    assert first.undone() == first


def test_weights_survive_their_file() -> None:
    read = Weights.unpacked(shipped().packed())
    assert read.version == shipped().version
    for label, row in shipped().rows.items():
        assert np.array_equal(read.rows[label], row)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x80\x04K\x01."])
def test_a_file_that_is_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(WeightsError, match="cannot be read"):
        Weights.unpacked(content)
