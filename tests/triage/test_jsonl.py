"""Lines in, lines out, in order, none lost."""

import json

from wardline.triage.jsonl import answers, encode


def _told(*lines: bytes) -> list[dict[str, object]]:
    batches = answers(lines)
    return [json.loads(encode(answer)) for batch in batches for answer in batch]


def test_no_lines_have_no_answers() -> None:
    assert _told(b"", b"  \n") == []


def test_a_bad_line_is_named_and_costs_only_itself() -> None:
    good = json.dumps({"post_text": "", "comment": "Thanks!", "id": 7}).encode()
    told = _told(
        good, b"{", b'{"comment": 3, "post_text": "", "id": "x"}', b"\xff", good
    )
    assert [one.get("label") for one in told] == ["ok", None, None, None, "ok"]
    assert [one.get("line") for one in told] == [None, 2, 3, 4, None]
    assert told[0]["id"] == 7
    assert told[2]["id"] == "x"
    assert "comment" in str(told[2]["error"])


def test_lone_surrogates_and_fields_of_others_are_welcome() -> None:
    [told] = _told(b'{"post_text": "\\ud800", "comment": "\\udfff", "likes": 3}')
    assert told["label"] == "ok"
