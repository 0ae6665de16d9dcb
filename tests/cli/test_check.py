"""`wardline check`, `rules` and `explain`, as a person or a script calls them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from wardline.cli import build
from wardline.cli import check as command
from wardline.screening import default

TELLING = "Can someone pull the chart for MRN 4471903?"


def _run(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(build(arguments), arguments, input=text)


def test_a_clean_text_exits_with_0() -> None:
    result = _run("check", text="Free flu shots at the library on Saturday.")
    assert result.exit_code == 0
    assert result.output == "No findings.\n"


def test_a_finding_is_printed_with_its_place_and_exits_with_1(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_text(f"Hello\n{TELLING}")
    result = _run("check", str(file))
    assert result.exit_code == 1
    assert f"{file}:2:36: advise patient-privacy/mrn" in result.output
    assert f"{' ' * 39}^^^^^^^\n" in result.output
    assert result.output.endswith("1 finding.\n")


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--mode", "official"), 1),
        (("--not-employer",), 0),
        (("--mode", "official", "--channel", "blog", "--author-role", "nurse"), 1),
    ],
)
def test_the_context_comes_from_options(options: tuple[str, ...], status: int) -> None:
    assert _run("check", *options, text=TELLING).exit_code == status


@pytest.mark.parametrize("option", ["--mode", "--channel"])
def test_an_unknown_choice_is_refused_with_the_known_ones(option: str) -> None:
    result = _run("check", option, "shouting", text="")
    assert result.exit_code == 2
    assert "shouting" in result.output


def test_a_file_that_cannot_be_read_does_not_keep_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    (tmp_path / "good.txt").write_text(TELLING)
    names = [str(tmp_path / name) for name in ("none.txt", "bad.txt", "good.txt")]
    result = _run("check", *names)
    assert result.exit_code == 2
    assert "none.txt: No such file" in result.output
    assert "bad.txt: byte 3 is not UTF-8" in result.output
    assert "1 finding." in result.output


def test_json_lines_go_from_file_to_file(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "text": TELLING}) + "\n")
    result = _run("check", "--jsonl", str(source), "--output", str(target))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert json.loads(target.read_text())["findings"][0]["quote"] == "4471903"


def test_a_bad_line_is_answered_and_exits_with_2() -> None:
    lines = 'nope\n{"id": 1, "text": "fine"}\n'
    result = _run("check", "--jsonl", "-", text=lines)
    assert result.exit_code == 2
    bad, good = map(json.loads, result.output.splitlines())
    assert bad["line"] == 1
    assert good == {"id": 1, "findings": []}


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text('{"id": 1, "text": ""}\n')
    result = _run("check", "--jsonl", str(file), "--output", str(file))
    assert result.exit_code == 2
    assert "name another file" in result.output
    assert file.read_text() == '{"id": 1, "text": ""}\n'


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--output", "x.jsonl", "a.txt"], "--output goes with --jsonl"),
        (["--jsonl", "a.jsonl", "b.txt"], "not both"),
    ],
)
def test_no_argument_is_passed_over_in_silence(arguments: list[str], told: str) -> None:
    result = _run("check", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_missing_input_is_an_error(tmp_path: Path) -> None:
    result = _run("check", "--jsonl", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "No such file" in result.output


def test_long_runs_tell_how_far_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PATIENCE", -1)
    result = _run("check", "--jsonl", "-", text='{"id": 1, "text": ""}\n')
    assert result.stderr == "Posts checked: 1 …\n"
    assert result.exit_code == 0


def test_a_broken_institution_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("name = 5")
    result = subprocess.run(
        [sys.executable, "-c", "from wardline.cli import main; main()", "check"],
        input=b"",
        capture_output=True,
        env=os.environ | {"WARDLINE_INSTITUTION": str(broken)},
        check=False,
    )
    assert result.returncode == 2
    assert b"broken.toml" in result.stderr


def test_check_starts_without_django_or_pydantic() -> None:
    code = (
        "import sys; from wardline.cli import build; sys.argv = ['wardline', 'check'];"
        "build(['check'])(['check', '-'], standalone_mode=False);"
        "print({'django', 'pydantic', 'rich', 'requests'} & sys.modules.keys())"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        input=b"fine",
        capture_output=True,
        check=False,
    )
    assert result.stdout.endswith(b"set()\n"), result.stderr


def test_rules_are_listed() -> None:
    listed = _run("rules").output.splitlines()
    assert [line.split()[0] for line in listed] == list(default().pack.rules)
    assert all(
        line.startswith("patient-privacy/")
        for line in _run("rules", "patient-privacy").output.splitlines()
    )


def test_a_rule_is_explained_with_its_source_and_examples() -> None:
    result = _run("explain", "patient-privacy/mrn")
    rule = default().pack.rules["patient-privacy/mrn"]
    assert result.exit_code == 0
    for part in (rule.message, rule.source.url, *rule.clauses, rule.fires[0].quote):
        assert part in result.output


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("zzz", "There is no rule 'zzz'. `wardline rules` lists them all."),
        ("mrn", "Did you mean patient-privacy/mrn or "),
        ("patient-privcy/mrn", "Did you mean patient-privacy/mrn"),
    ],
)
def test_an_unknown_rule_says_where_to_look(name: str, told: str) -> None:
    result = _run("explain", name)
    assert result.exit_code == 2
    assert told in result.output


def test_an_unknown_topic_is_refused_with_the_known_ones() -> None:
    result = _run("rules", "privacy")
    assert result.exit_code == 2
    assert "There is no topic 'privacy'; there are " in result.stderr
    assert "patient-privacy" in result.stderr


def test_a_fix_stands_under_its_finding() -> None:
    result = _run("check", text=TELLING)
    assert (
        "    Fix: Take the record number out: "
        "… pull the chart for MRN [number removed]?\n" in result.output
    )


def test_where_there_is_no_fix_an_office_can_tell() -> None:
    result = _run("check", text="Take 20 mg of your lisinopril tonight, trust me.")
    assert "    Ask: Public Affairs, public-affairs@" in result.output


def test_fix_prints_the_text_alone_and_exits_with_0(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_text("Pull the chart for MRN 4471903.\nThanks\n")
    result = _run("check", "--fix", str(file))
    assert result.exit_code == 0
    assert result.stdout == "Pull the chart for MRN [number removed].\nThanks\n"
    assert not result.stderr


def test_fix_leaves_a_clean_text_to_the_letter() -> None:
    text = "Free flu shots at the library.\r\n "
    assert _run("check", "--fix", text=text).stdout_bytes == text.encode()


def test_what_no_fix_settles_is_told_beside_the_text() -> None:
    result = _run("check", "--fix", text="Take 20 mg of your lisinopril tonight.")
    assert result.exit_code == 1
    assert result.stdout == "Take 20 mg of your lisinopril tonight."
    assert "medical-advice" in result.stderr


def test_fix_takes_one_text_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    for arguments, told in (
        (["--jsonl", "x"], "without --jsonl"),
        (["a.txt", "b.txt"], "name one file"),
        ([str(tmp_path / "bad.txt")], "not UTF-8"),
    ):
        result = _run("check", "--fix", *arguments)
        assert result.exit_code == 2
        assert told in result.stderr
