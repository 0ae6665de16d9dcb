"""`wardline triage`, as a script calls it."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from wardline.cli import build


def _run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(build(arguments), arguments, input=text)


def test_nothing_in_gives_nothing_out() -> None:
    result = _run("triage", "--jsonl", "-", text="")
    assert result.exit_code == 0
    assert not result.output


def test_verdicts_go_to_a_file_in_order(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [{"post_text": "", "comment": c} for c in ("Thanks!", "Where is it?")]
    source.write_text("\n".join(map(json.dumps, lines)))
    result = _run("triage", "--jsonl", str(source), "--output", str(target))
    assert result.exit_code == 0
    labels = [json.loads(line)["label"] for line in target.read_text().splitlines()]
    assert labels == ["ok", "needs-reply"]


def test_a_bad_line_is_answered_and_told_by_the_status() -> None:
    result = _run("triage", text='nope\n{"post_text": "", "comment": "Thanks!"}\n')
    assert result.exit_code == 2
    assert "not JSON" in result.output.splitlines()[0]
    assert '"label":"ok"' in result.output.splitlines()[1]


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("{}")
    result = _run("triage", "--jsonl", str(file), "--output", str(file))
    assert result.exit_code == 2
    assert file.read_text() == "{}"


def test_a_missing_file_is_named() -> None:
    result = _run("triage", "--jsonl", "absent.jsonl")
    assert result.exit_code == 2
    assert "absent.jsonl" in result.output
