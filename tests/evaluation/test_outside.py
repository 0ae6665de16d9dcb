"""Data sets from outside, in their own formats and tiny."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evaluation import outside
from training.reader.clinical import HELD
from wardline.screening import default
from wardline.screening.naming import default_namer

MRN = "Chart of a man with gout, MRN 4471903, and his diet"
CLEAN = "What helps a man of 55 with gout?"


def lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir()
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_a_folder_without_data_sets_gives_no_figures(tmp_path: Path) -> None:
    assert list(outside.measure(tmp_path, default(), default_namer())) == []


def test_identifiers_are_told_by_kind_and_clean_texts_apart(tmp_path: Path) -> None:
    span = {"start": 30, "end": 37, "value": "4471903"}
    rows: list[dict[str, Any]] = [
        {"text": MRN, "spans": [span | {"type": "MEDICAL_RECORD_NUMBER"}]},
        {"text": MRN, "spans": [span | {"type": "PHONE_NUMBER"}]},
        {"text": CLEAN, "spans": []},
        {"text": MRN + "!", "spans": []},
    ]
    # The reader has learnt from all but one in so many.
    lines(tmp_path / "asq_phi/train.jsonl", [row for row in rows for _ in range(HELD)])
    figures = outside.identifiers(tmp_path, default())
    assert figures["mrn recall"] == 1
    assert figures["phone recall"] == 0
    assert figures["ssn recall"] is None
    assert figures["hard negatives flagged"] == 0.5


def test_every_data_set_that_is_there_is_measured(tmp_path: Path) -> None:
    person = {"start": 6, "end": 18, "value": "Rosa Delgado"}
    text = "Thank Rosa Delgado for me"
    for source, kind in (("asq_phi", "NAME"), ("presidio_synth_v2", "PERSON")):
        rows = [{"text": text, "spans": [person | {"type": kind}]}]
        lines(tmp_path / source / "train.jsonl", rows)
    tags = ["O", "B-PER", "I-PER", "O", "O"]
    lines(tmp_path / "btc/dev.jsonl", [{"tokens": text.split(), "tags": tags}])
    (tmp_path / "nhs_patient_feedback").mkdir()
    comments = pa.table({"text": ["Lovely people.", CLEAN]})
    pq.write_table(comments, tmp_path / "nhs_patient_feedback/train.parquet")
    found: outside.Figures = {}
    for figures in outside.measure(tmp_path, default(), default_namer()):
        found |= figures
    learnt = "tagger that learnt from it"
    for source, tagger in {
        "asq_phi": learnt,
        "presidio_synth_v2": learnt,
        "btc": "tagger",
    }.items():
        assert found[f"{source} names, {tagger}"]["recall"] == 1
        assert f"{source} names, check" in found
    assert found["asq_phi identifiers, check"]["hard negatives flagged"] is None
    assert found["nhs_patient_feedback, tagger"] == {"flagged": 0}
    assert found["nhs_patient_feedback, check"] == {"flagged": 0}
