"""Reading rows: every format gives the same, however it is cut."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.bulk.archive import Record, write
from wardline.bulk.job import Row
from wardline.bulk.lines import LONGEST
from wardline.bulk.sources import FORMATS

TEXTS = ['a "quoted" one,\nover two lines\n', "naïve 😀", "", "plain", "x\r\ny", '"']
WANTED = ("text", None, "nowhere")


def read(file: Path, rows: int) -> Iterator[Row]:
    form = FORMATS[file.suffix]
    for cut in form.cuts(file, rows):
        part = list(form.read(file, cut, WANTED))
        assert len(part) == cut.rows
        yield from part


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_file_has_no_rows(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"posts{suffix}"
    if suffix == ".parquet":
        pq.write_table(pa.table({"text": pa.array([], pa.string())}), file)
    else:
        file.touch()
    assert list(read(file, 5)) == []


@pytest.mark.parametrize("rows", [1, 2, 4, 100])
@pytest.mark.parametrize("suffix", FORMATS)
def test_no_cut_loses_or_repeats_a_row(tmp_path: Path, suffix: str, rows: int) -> None:
    records = [{"id": n, "text": text} for n, text in enumerate(TEXTS)]
    file = write(tmp_path / f"posts{suffix}", records)
    assert list(read(file, rows)) == [(text, None, None) for text in TEXTS]


def test_the_columns_of_every_format_are_known(
    tmp_path: Path, records: list[Record]
) -> None:
    for suffix, form in FORMATS.items():
        file = write(tmp_path / f"posts{suffix}", records)
        assert form.columns(file) == ["id", "text", "account", "time"]


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_broken_lines_of_json_are_told_one_by_one(tmp_path: Path, rows: int) -> None:
    file = tmp_path / "posts.jsonl"
    long = json.dumps({"text": "x" * LONGEST}).encode()
    bad = (b"{nope", b"\xff\xfe", b"[1]", b"\xff", b"  ", long, b'{"text": "\\ud800"}')
    file.write_bytes(b"\n".join([*bad, b'{"text": "fine"}']))
    assert list(read(file, rows)) == [
        "The line is not JSON.",
        "The line is not UTF-8 (byte 0).",
        "The line is no JSON object.",
        "The line is not UTF-8 (byte 0).",
        None,
        "The line is too long for a post.",
        ("\ufffd", None, None),
        ("fine", None, None),
    ]


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_broken_lines_of_csv_cost_only_themselves(tmp_path: Path, rows: int) -> None:
    file = tmp_path / "posts.csv"
    bad = b'1,"never closed\n2,fine\n3,too,many\n\n4,caf\xe9\n"5"x,bad\n6,"f\ni\nne"\n'
    file.write_bytes(b"\xef\xbb\xbfid,text\n" + bad)
    first, fine, many, blank, latin, quoted, last = read(file, rows)
    assert str(first).startswith("The line is not CSV")
    assert fine == ("fine", None, None)
    assert str(many).startswith("The row has 3 cells, the header 2")
    assert blank is None
    assert latin == "A cell is not UTF-8 (byte 3)."
    assert str(quoted).startswith("The line is not CSV")
    assert last == ("f\ni\nne", None, None)


def test_a_line_of_csv_without_an_end_is_passed_by(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(f"text\n{'x' * (LONGEST + 9)}\nfine\n")
    broken, fine = read(file, 10)
    assert str(broken).startswith("The line is not CSV")
    assert fine == ("fine", None, None)


def test_times_of_parquet_are_told_in_utc(tmp_path: Path) -> None:
    file = tmp_path / "posts.parquet"
    moments = pa.array([1_790_000_000_000_000_001], pa.timestamp("ns", "Asia/Tokyo"))
    pq.write_table(pa.table({"text": moments}), file)
    assert list(read(file, 1)) == [("2026-09-21 14:13:20.000000001", None, None)]


def test_a_cell_of_parquet_that_is_not_utf8_stays_bytes(tmp_path: Path) -> None:
    file = tmp_path / "posts.parquet"
    texts = pa.array([b"fine", b"caf\xe9"]).view(pa.string())
    pq.write_table(pa.table({"text": texts}), file)
    assert [row and row[0] for row in read(file, 9)] == [b"fine", b"caf\xe9"]
