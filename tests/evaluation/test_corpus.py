"""Reading labelled posts and checking them."""

from pathlib import Path

import msgspec
import pytest

from evaluation.corpus import check, read
from evaluation.rules import silent, slowest
from wardline.screening import default

LINES = """\
{"id": "1", "writer": 1, "text": "MRN 4471903", "context": {"mode": "official"}, \
"expect": [{"topic": "patient-privacy", "kind": "mrn", "quote": "4471903"}]}
{"id": "2", "writer": 1, "text": "Rain again.", "context": {}, "expect": [], \
"frame": ["spanish"]}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "w01.jsonl").write_text(LINES)
    return tmp_path


def test_an_empty_folder_has_no_posts(tmp_path: Path) -> None:
    assert read(tmp_path) == []


def test_a_line_that_is_no_post_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w01.jsonl").write_text('{"id": "1"}\n')
    with pytest.raises(msgspec.ValidationError, match="text"):
        read(tmp_path)


def test_posts_are_read_and_checked_in_order(corpus: Path) -> None:
    first, second = check(default(), read(corpus))
    assert first.expected == first.reported == {"patient-privacy"}
    assert not first.clean
    assert second.clean
    assert second.framed("spanish")
    assert not second.reported


def test_a_rule_that_fired_is_not_silent(corpus: Path) -> None:
    checked = check(default(), read(corpus))
    (alarm,) = checked[0].alarms
    assert alarm.rule not in silent(default(), checked)
    assert len(silent(default(), checked)) == len(default().pack.rules) - 1


def test_the_slowest_rules_are_those_with_something_to_try(corpus: Path) -> None:
    posts = read(corpus)
    shares = slowest(default(), posts, count=len(default().pack.rules))
    assert shares["patient-privacy/mrn"]
    assert len(slowest(default(), posts, count=3)) == 3
