"""Whole runs in one process: what they write, refuse and take up again."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from tests.bulk.archive import (
    CLEAN,
    TELLING,
    Quiet,
    Record,
    here,
    lines,
    screened,
    write,
)
from wardline.bulk import BulkError, Columns, Options, outputs, screen_archive
from wardline.bulk import run as runs
from wardline.bulk.job import Advance, Job
from wardline.bulk.outputs import join
from wardline.bulk.part import screen_part
from wardline.screening import Context

SMALL = Options(part_rows=2)


class KilledError(Exception):
    """What ends `dying` in the middle."""


def dying(folder: Path, job: Job, advance: Advance) -> None:
    """An engine that does the last part, then ends."""
    screen_part(folder, job, len(job.parts) - 1)
    raise KilledError


def joined_and_killed(parts: Sequence[Path], output: Path) -> None:
    """The end of a run that gets no further than its output."""
    join(parts, output)
    raise KilledError


def interrupted(inputs: list[Path], output: Path) -> None:
    with pytest.raises(KilledError):
        screen_archive(inputs, output, SMALL, dying, Quiet())


def test_an_archive_without_findings_gives_an_empty_output(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}])
    summary = screened([source], tmp_path / "found.jsonl")
    assert (tmp_path / "found.jsonl").read_bytes() == b""
    assert (summary.posts, summary.findings, summary.refused) == (1, 0, 0)


def test_every_format_gives_the_same_findings(
    tmp_path: Path, records: list[Record]
) -> None:
    given: list[list[Record]] = []
    for suffix in ("csv", "jsonl", "parquet"):
        source = write(tmp_path / f"posts.{suffix}", records)
        screened([source], tmp_path / f"{suffix}.found.jsonl", SMALL)
        found = lines(tmp_path / f"{suffix}.found.jsonl")
        given.append([{**one, "file": ""} for one in found])
    assert given[0] == given[1] == given[2]
    assert [one["post"] for one in given[0]] == ["p3", "p7"]


def test_parquet_holds_what_json_lines_hold(
    tmp_path: Path, records: list[Record]
) -> None:
    source = write(tmp_path / "posts.jsonl", records)
    for name in ("found.jsonl", "found.parquet"):
        screened([source], tmp_path / name, SMALL)
    table = pq.read_table(tmp_path / "found.parquet")
    assert table.to_pylist() == lines(tmp_path / "found.jsonl")


def test_folders_and_files_are_screened_in_their_order(
    tmp_path: Path, records: list[Record]
) -> None:
    folder = tmp_path / "2025"
    folder.mkdir()
    for name in ("b.jsonl", "a.csv", "c.parquet"):
        write(folder / name, records)
    (folder / "read.me").touch()
    last = write(tmp_path / "2024.jsonl", records)
    screened([folder, last], tmp_path / "found.jsonl", SMALL)
    files = [Path(one["file"]).name for one in lines(tmp_path / "found.jsonl")]
    assert files[::2] == files[1::2] == ["a.csv", "b.jsonl", "c.parquet", "2024.jsonl"]


def test_bad_rows_are_listed_with_file_and_row(tmp_path: Path) -> None:
    source = tmp_path / "posts.jsonl"
    source.write_bytes(b'{"text": "fine"}\n{"text": null}\n\xff\n{"text": "fine"}\n')
    summary = screened([source], tmp_path / "found.jsonl", SMALL)
    refused = lines(tmp_path / "found.refused.jsonl")
    assert [(one["row"], one["reason"]) for one in refused] == [
        (2, "The text is missing."),
        (3, "The line is not UTF-8 (byte 0)."),
    ]
    assert {one["file"] for one in refused} == {source.as_posix()}
    assert (summary.posts, summary.refused) == (2, 2)


def test_the_summary_counts_by_topic_account_and_month(
    tmp_path: Path, records: list[Record]
) -> None:
    source = write(tmp_path / "posts.csv", records)
    screened([source], tmp_path / "found.jsonl", SMALL)
    summary = json.loads((tmp_path / "found.summary.json").read_bytes())
    assert summary["posts"] == 10
    assert summary["topics"] == {"patient-privacy": 2}
    assert summary["accounts"] == [
        {"account": "@ana", "flagged": 1},
        {"account": "@ben", "flagged": 1},
    ]
    assert summary["months"] == {
        "2026-01": {"posts": 3, "flagged": 1},
        "2026-02": {"posts": 4, "flagged": 1},
        "2026-03": {"posts": 3, "flagged": 0},
    }


def test_a_column_that_is_not_there_is_named_with_those_that_are(
    tmp_path: Path, records: list[Record]
) -> None:
    columns = Columns(text="body", required=("body",))
    for suffix in (".csv", ".jsonl", ".parquet"):
        source = write(tmp_path / f"posts{suffix}", records)
        with pytest.raises(BulkError, match=r"'body'.* has: id, text, account, time\."):
            screened([source], tmp_path / "found.jsonl", Options(columns))
        assert not (tmp_path / "found.jsonl.work").exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.csv", "is not there"),
        ("posts.xlsx", r"does not end in \.csv, "),
        ("folder", r"holds no file that ends in \.csv, "),
        ("torn.parquet", "is not Parquet"),
    ],
)
def test_an_input_that_cannot_be_used_is_refused(
    tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "posts.xlsx").touch()
    (tmp_path / "torn.parquet").write_text("PAR1")
    (tmp_path / "folder").mkdir()
    with pytest.raises(BulkError, match=reason):
        screened([tmp_path / name], tmp_path / "found.jsonl")


def test_a_file_named_twice_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}])
    with pytest.raises(BulkError, match="named twice"):
        screened([source, source], tmp_path / "found.jsonl")


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("found.xlsx", r"does not end in \.jsonl or \.parquet"),
        ("none/found.jsonl", "would be in a folder that does not exist"),
        ("in/found.jsonl", "is in the input"),
        ("old.jsonl", "there already; name another, or add --restart"),
    ],
)
def test_an_output_that_would_do_harm_is_refused(
    tmp_path: Path, output: str, reason: str
) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in" / "posts.jsonl", [{"text": CLEAN}])
    (tmp_path / "old.jsonl").touch()
    with pytest.raises(BulkError, match=reason):
        screened([tmp_path / "in"], tmp_path / output)


def test_a_run_goes_on_with_the_parts_that_are_done(
    tmp_path: Path, records: list[Record]
) -> None:
    source = write(tmp_path / "posts.jsonl", records)
    screened([source], tmp_path / "whole.jsonl", SMALL)
    output = tmp_path / "found.jsonl"
    interrupted([source], output)
    progress = Quiet()
    screen_archive([source], output, SMALL, here, progress)
    assert output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert (progress.total, progress.done) == (10, 10)
    assert not output.with_name("found.jsonl.work").exists()


def test_what_is_joined_already_is_joined_again(
    tmp_path: Path, records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = write(tmp_path / "posts.jsonl", records), tmp_path / "found.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(outputs, "join", joined_and_killed)
        with pytest.raises(KilledError):
            screened([source], output, SMALL)
    screened([source], output, SMALL)
    assert len(lines(output)) == 2


@pytest.mark.parametrize("change", ["content", "files", "options", "rules"])
def test_a_run_does_not_go_on_with_something_else(
    tmp_path: Path, records: list[Record], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = write(tmp_path / "posts.jsonl", records), tmp_path / "found.jsonl"
    interrupted([source], output)
    options = SMALL
    if change == "content":
        write(source, records[::-1])
    elif change == "files":
        source = source.rename(tmp_path / "others.jsonl")
    elif change == "options":
        options = msgspec.structs.replace(SMALL, context=Context("official"))
    else:
        monkeypatch.setattr(runs, "fingerprint", lambda: "others")
    with pytest.raises(BulkError, match=r"was not finished, but .*--restart"):
        screened([source], output, options)
    assert not output.exists()


def test_restart_forgets_what_was_done(tmp_path: Path, records: list[Record]) -> None:
    source, output = write(tmp_path / "posts.jsonl", records), tmp_path / "found.jsonl"
    interrupted([source], output)
    write(source, records[::-1])
    screened([source], output, SMALL, restart=True)
    assert [one["post"] for one in lines(output)] == ["p7", "p3"]


def test_a_worker_left_over_from_another_run_adds_nothing(
    tmp_path: Path, records: list[Record]
) -> None:
    source, output = write(tmp_path / "posts.jsonl", records), tmp_path / "found.jsonl"
    left: list[Job] = []

    def leaving(folder: Path, job: Job, advance: Advance) -> None:
        left.append(job)
        raise KilledError

    def meddled(folder: Path, job: Job, advance: Advance) -> None:
        with pytest.raises(FileNotFoundError):
            screen_part(folder, left[0], 0)
        here(folder, job, advance)

    with pytest.raises(KilledError):
        screen_archive([source], output, SMALL, leaving, Quiet())
    outside = Options(context=Context(author_employer=False), part_rows=2)
    screen_archive([source], output, outside, meddled, Quiet(), restart=True)
    assert lines(output) == []


def test_a_job_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    source = write(tmp_path / "posts.jsonl", [{"text": CLEAN}])
    interrupted([source], tmp_path / "found.jsonl")
    (tmp_path / "found.jsonl.work" / "job.json").write_text("{")
    with pytest.raises(BulkError, match="cannot be read; start anew with --restart"):
        screened([source], tmp_path / "found.jsonl")


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    source, output = (
        write(tmp_path / "p.jsonl", [{"text": CLEAN}]),
        tmp_path / "f.jsonl",
    )

    def twice(folder: Path, job: Job, advance: Advance) -> None:
        with pytest.raises(BulkError, match="in use by another run"):
            screened([source], output)
        here(folder, job, advance)

    screen_archive([source], output, Options(), twice, Quiet())


def test_a_file_that_changes_while_it_is_read_ends_the_run(
    tmp_path: Path, records: list[Record]
) -> None:
    source = write(tmp_path / "posts.jsonl", records)

    def meddling(folder: Path, job: Job, advance: Advance) -> None:
        os.utime(source, (0, 0))
        here(folder, job, advance)

    with pytest.raises(BulkError, match="was changed while it was read"):
        screen_archive([source], tmp_path / "f.jsonl", SMALL, meddling, Quiet())


def test_a_part_that_two_workers_did_counts_once(
    tmp_path: Path, records: list[Record]
) -> None:
    source, output = write(tmp_path / "posts.jsonl", records), tmp_path / "found.jsonl"

    def twice(folder: Path, job: Job, advance: Advance) -> None:
        here(folder, job, advance)
        screen_part(folder, job, 0)

    screen_archive([source], output, SMALL, twice, Quiet())
    assert len(lines(output)) == 2


def test_the_reader_can_be_left_out(tmp_path: Path) -> None:
    hint = "Half the visitors today had the brains of a traffic cone"
    source = write(tmp_path / "posts.jsonl", [{"text": hint}, {"text": TELLING}])
    output = tmp_path / "found.jsonl"
    screened([source], output)
    assert {line["row"] for line in lines(output)} == {1, 2}
    screened([source], output, Options(rules_only=True), restart=True)
    assert {line["row"] for line in lines(output)} == {2}
