"""The command: a table for people, one line of JSON for machines."""

import json
import sys
from pathlib import Path

import pytest

from evaluation import __main__, kept

POST = """\
{"id": "1", "text": "MRN 4471903", "context": {"mode": "official"}, "expect": \
[{"topic": "patient-privacy", "kind": "mrn", "quote": "4471903"}], "frame": []}
"""


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    for part in ("train", "test"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "w01.jsonl").write_text(POST)
    monkeypatch.setattr(kept, "KEPT", tmp_path / "last.json")
    arguments = ["evaluation", "--corpus", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", arguments)
    return arguments


def test_the_table_is_followed_by_one_line_of_json(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    __main__.main()
    told, doing = capsys.readouterr()
    *table, figures = told.splitlines()
    assert json.loads(figures)["test"]["kinds"]["mrn"]["recall"] == 1
    assert json.loads(figures)["data"] is None
    assert "labor texts alarmed: 0 of 0" in table
    assert any("not measured; make eval DATA=folder" in line for line in table)
    assert "checking 1 posts of test …" in doing


def test_a_kept_result_is_what_the_next_is_compared_with(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments.append("--keep")
    __main__.main()
    assert "Against the result" not in capsys.readouterr().out
    arguments.pop()
    __main__.main()
    assert "kept:\nnothing changed\n" in capsys.readouterr().out
