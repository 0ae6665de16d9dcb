"""`wardline screen`, as a person or a script calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.bulk.archive import CLEAN, TELLING, lines, write
from wardline.cli import build


def screen(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build(["screen"]), ["screen", *map(str, arguments)])


def test_a_clean_archive_exits_with_0(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}])
    output = tmp_path / "found.jsonl"
    result = screen(source, "--output", output)
    assert result.exit_code == 0
    assert result.stdout == f"1 post, 0 with findings; 0 findings in {output}\n"


def test_findings_are_summed_up_and_drawn(tmp_path: Path) -> None:
    told = {"body": TELLING, "who": "[b]@ana[/b]", "when": "2026-11-22", "n": 7}
    source = write(tmp_path / "posts.csv", [told])
    output, page = tmp_path / "found.parquet", tmp_path / "report.html"
    named = ("--text", "body", "--account", "who", "--time", "when", "--id", "n")
    result = screen(source, "--output", output, "--report", page, *named)
    assert result.exit_code == 0
    for words in ("patient-privacy", "[b]@ana[/b]", "2026-11"):
        assert words in result.stdout
    assert "Patient privacy" in page.read_text()


def test_rows_that_are_skipped_exit_with_1(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}, {"text": None}])
    result = screen(source, "--output", tmp_path / "found.jsonl")
    assert result.exit_code == 1
    refused = tmp_path / "found.refused.jsonl"
    assert result.stdout.endswith(f"1 row skipped; {refused} says why.\n")


@pytest.mark.parametrize(
    ("options", "severities"),
    [
        ((), ["advise"]),
        (("--mode", "official"), ["hold"]),
        (("--not-employer",), []),
        (("--not-employer", "--column", "author_employer=staff"), ["advise"]),
    ],
)
def test_the_context_comes_from_options_and_columns(
    tmp_path: Path, options: tuple[str, ...], severities: list[str]
) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": TELLING, "staff": "true"}])
    screen(source, "--output", tmp_path / "found.jsonl", *options)
    found = lines(tmp_path / "found.jsonl")
    assert [one["severity"] for one in found] == severities


@pytest.mark.parametrize("told", ["shouting=yes", "mode", "mode="])
def test_a_field_that_is_unknown_is_refused_with_the_known_ones(
    tmp_path: Path, told: str
) -> None:
    result = screen(tmp_path, "--output", tmp_path / "found.jsonl", "--column", told)
    assert result.exit_code == 2
    assert "profile_disclaimer" in result.stderr


def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.jsonl", [{"body": CLEAN}])
    result = screen(source, "--output", tmp_path / "found.jsonl")
    assert result.exit_code == 2
    assert "has no column 'text'. It has: body." in result.stderr


def test_a_report_without_a_folder_is_refused_before_anything_is_done(
    tmp_path: Path,
) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}])
    output = tmp_path / "found.jsonl"
    result = screen(source, "--output", output, "--report", tmp_path / "no" / "r.html")
    assert result.exit_code == 2
    assert not output.exists()


def test_what_the_terminal_leaves_out_is_told(tmp_path: Path) -> None:
    rows = [
        {"text": TELLING, "account": f"@{n:02}", "time": "2026-11"} for n in range(11)
    ]
    result = screen(write(tmp_path / "p.csv", rows), "--output", tmp_path / "f.jsonl")
    assert "Account, first 10 " in result.stdout
    assert "Month " in result.stdout


@pytest.mark.parametrize(
    ("name", "told"), [("", "does not end"), ("no/f.jsonl", "does not exist; make it")]
)
def test_a_bad_output_says_what_to_do(tmp_path: Path, name: str, told: str) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}])
    result = screen(source, "--output", tmp_path / name)
    assert result.exit_code == 2
    assert told in result.stderr


def test_an_output_that_is_there_is_kept_unless_told(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}])
    call = (source, "--output", tmp_path / "found.jsonl")
    assert [screen(*call).exit_code for _ in range(2)] == [0, 2]
    assert screen(*call, "--restart").exit_code == 0


def without(module: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """The command where `module` is not installed."""
    code = f"import sys; sys.modules[{module!r}] = None; from wardline.cli import main; main()"
    call = [sys.executable, "-c", code, "screen", *arguments]
    return subprocess.run(call, capture_output=True, check=False)


def test_json_lines_and_csv_need_no_extra(tmp_path: Path) -> None:
    for name in ("posts.jsonl", "posts.csv"):
        source = write(tmp_path / name, [{"text": TELLING}])
        output = tmp_path / f"{name}.found.jsonl"
        assert without("pyarrow", source, "--output", output).returncode == 0
        assert json.loads(output.read_bytes())["quote"] == "4471903"


@pytest.mark.parametrize("names", [("p.parquet", "f.jsonl"), ("p.csv", "f.parquet")])
def test_parquet_without_pyarrow_names_the_extra(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    source = write(tmp_path / names[0], [{"text": CLEAN}])
    result = without("pyarrow", source, "--output", tmp_path / names[1])
    assert result.returncode == 2
    assert b"pip install 'wardline[bulk]'" in result.stderr


def test_spark_without_pyspark_names_the_extra(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.csv", [{"text": CLEAN}])
    call = (source, "--output", tmp_path / "found.jsonl", "--engine", "spark")
    result = without("pyspark", *call)
    assert result.returncode == 2
    assert b"pip install 'wardline[spark]'" in result.stderr
