"""The result that was kept and what is new against it."""

from pathlib import Path

import pytest

from evaluation import kept

OLD = {"test.recall": 0.5, "data.btc.f1": 0.7}


def test_the_same_figures_do_not_differ() -> None:
    assert list(kept.differences(OLD, OLD)) == []


def test_figures_are_named_by_their_place_and_lists_left_out() -> None:
    figures = {
        "test": {"recall": 0.5, "kind": None, "confusion": {"a": {"b": 1}}},
        "rules": {"silent": ["a/b"], "never_fire": 1},
        "data": None,
    }
    assert kept.flat(figures) == {"test.recall": 0.5, "rules.never_fire": 1}


def test_what_changed_came_or_went_has_a_line() -> None:
    new = {"test.recall": 0.75, "data.btc.f1": 0.7, "test.texts": 4}
    assert list(kept.differences(OLD, new)) == [
        "test.recall  0.5 → 0.75",
        "test.texts  none → 4",
    ]
    assert list(kept.differences({"test.recall": 1}, {})) == ["test.recall  1 → none"]


def test_data_sets_that_were_not_measured_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "KEPT", tmp_path / "last.json")
    assert kept.last() == {}
    kept.keep(OLD)
    new = {"test.recall": 0.6}
    assert list(kept.differences(OLD, new)) == ["test.recall  0.5 → 0.6"]
    kept.keep(new)
    assert kept.last() == {"test.recall": 0.6, "data.btc.f1": 0.7}
    kept.keep({"data.asq_phi.recall": 0.9})
    assert kept.last() == {"data.asq_phi.recall": 0.9}
