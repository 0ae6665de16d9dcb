"""JSON lines: every line has its answer, and a bad one never ends the run."""

import json

import pytest

from wardline.screening import default
from wardline.screening.jsonl import BATCH, answers, encode


def _answers(*lines: bytes) -> list[dict[str, object]]:
    batches = answers(lines, default())
    return [json.loads(encode(answer)) for batch in batches for answer in batch]


def test_no_lines_have_no_answers() -> None:
    assert _answers(b"", b"\n", b"  \r\n") == []


def test_a_post_is_answered_with_its_findings() -> None:
    line = b'{"id": "a", "text": "MRN 4471903", "context": {"mode": "official"}}'
    (answer,) = _answers(line)
    rule = default().pack.rules["patient-privacy/mrn"]
    assert answer == {
        "id": "a",
        "findings": [
            {
                "rule": "patient-privacy/mrn",
                "topic": "patient-privacy",
                "kind": "mrn",
                "start": 4,
                "end": 11,
                "quote": "4471903",
                "severity": "hold",
                "clauses": list(rule.clauses),
                "message": rule.message,
                "suggestion": rule.suggestion,
            }
        ],
    }


def test_an_id_may_be_a_number_and_the_context_may_be_left_out() -> None:
    assert _answers(b'{"id": 7, "text": "fine"}') == [{"id": 7, "findings": []}]


@pytest.mark.parametrize(
    ("line", "where", "reason"),
    [
        (b"nope", {"line": 1}, "not JSON"),
        (b"[" * 100_000, {"line": 1}, "not JSON"),
        (b"\xff\xfe", {"line": 1}, "not UTF-8"),
        (b'{"text": "x"}', {"line": 1}, "missing required field `id`"),
        (b'{"id": true, "text": "x"}', {"line": 1}, "id"),
        (b'{"id": "a"}', {"id": "a"}, "missing required field `text`"),
        (b'{"id": "a", "text": 5}', {"id": "a"}, "Expected `str`"),
        (b'{"id": 3, "text": "", "context": {"mode": "x"}}', {"id": 3}, "mode"),
        (b'{"id": 3, "text": "", "context": {"mod": "x"}}', {"id": 3}, "mod"),
        (b"[]", {"line": 1}, "Expected `object`"),
    ],
)
def test_a_bad_line_is_named_and_the_run_goes_on(
    line: bytes, where: dict[str, object], reason: str
) -> None:
    bad, good = _answers(line, b'{"id": "good", "text": ""}')
    assert reason in str(bad.pop("error"))
    assert bad == where
    assert good == {"id": "good", "findings": []}


def test_lines_are_counted_from_one_over_empty_ones() -> None:
    assert _answers(b"", b"", b"nope")[0]["line"] == 3


def test_a_lone_surrogate_goes_in_and_comes_out() -> None:
    (answer,) = _answers(b'{"id": "\\ud800", "text": "MRN 4471903 \\udfff"}')
    assert answer["id"] == "\ud800"
    assert answer["findings"]


def test_answers_keep_the_order_over_batches() -> None:
    lines = [b'{"id": %d, "text": "MRN 44719%02d"}' % (n, n % 90) for n in range(BATCH)]
    lines += [b"nope", b'{"id": -1, "text": ""}']
    found = _answers(*lines)
    assert [answer.get("id") for answer in found] == [*range(BATCH), None, -1]
