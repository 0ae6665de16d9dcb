import json
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from wardline.api import check as resource
from wardline.api.schema import ContextIn, FindingOut
from wardline.people.allowance import Allowance
from wardline.screening import Context, Finding, default
from wardline.screening.jsonl import answers, encode

MRN = "Thinking of MRN 4471903 tonight."


@pytest.fixture(autouse=True)
def fresh_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "allowance", Allowance())


def ask(body: object, address: str = "127.0.0.1") -> HttpResponse:
    """The answer to `body`, sent as it is if it is bytes, else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
    answer: object = client.post("/api/check", raw, content_type="application/json")
    assert isinstance(answer, HttpResponse)
    return answer


def answered(body: object) -> dict[str, Any]:
    """What a good answer says."""
    answer = ask(body)
    assert answer.status_code == 200
    said: dict[str, Any] = json.loads(answer.content)
    return said


def error_of(answer: HttpResponse) -> str:
    assert answer.status_code != 500
    message: str = json.loads(answer.content)["error"]
    return message


def test_a_harmless_text_has_no_findings() -> None:
    assert answered({"text": "Nice weather."}) == {"id": None, "findings": []}
    assert ask({"text": "Nice weather."})["Cache-Control"] == "no-store"


def test_a_finding_is_quoted_with_its_place_and_reason() -> None:
    answer = answered({"id": 7, "text": MRN, "context": {"mode": "official"}})
    found = answer["findings"][0]
    assert answer["id"] == 7
    assert found["topic"] == "patient-privacy"
    assert found["severity"] == "hold"
    assert MRN[found["start"] : found["end"]] == found["quote"]


def test_the_answer_is_what_the_command_line_answers() -> None:
    post = {"id": "a", "text": MRN, "context": {"channel": "blog"}}
    [[line]] = answers([json.dumps(post).encode()], default())
    assert answered(post) == json.loads(encode(line))


def test_the_schema_has_the_fields_and_defaults_of_screening() -> None:
    assert ContextIn().value() == Context()
    assert tuple(FindingOut.model_fields) == Finding.__struct_fields__


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"", 422, "body: This field is needed"),
        (b"{", 400, "not JSON"),
        (b'{"text": "\xff"}', 400, "unicode"),
        (b'{"text": "a\x00"}', 400, "control character"),
        (b'{"text": "\\ud800"}', 400, "hex escape"),
        (b'{"text": "\\u0000"}', 422, "text: Take the NUL characters out."),
        (b"[" * 100_000, 400, "recursion"),
        ([], 422, "body: Send a JSON object."),
        ({}, 422, "text: This field is needed."),
        ({"text": 5}, 422, "text: Input should be a valid string"),
        ({"text": "", "txet": ""}, 422, "txet: There is no such field"),
        ({"text": "", "context": {"mode": "x"}}, 422, "context.mode: Input should be"),
        ({"text": "", "context": {"author_employer": "yes"}}, 422, "boolean"),
        ({"text": "a" * (1024 * 1024 + 1)}, 422, "at most 1048576 characters"),
        ({"text": "a" * 3_000_000}, 413, "larger than 2 MB"),
    ],
)
def test_bad_input_gets_an_error_that_says_what_to_do(
    body: object, status: int, told: str
) -> None:
    answer = ask(body)
    assert (answer.status_code, told in error_of(answer)) == (status, True)


def test_an_error_does_not_repeat_the_text() -> None:
    assert "4471903" not in error_of(ask({"text": [MRN]}))


def test_a_megabyte_of_text_is_checked() -> None:
    assert ask({"text": "word " * 200_000}).status_code == 200


@settings(deadline=None)  # the first text waits for the weights
@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    resource.allowance = Allowance()
    assert ask({"text": text}).status_code in {200, 400, 422}


def test_only_post_is_answered() -> None:
    assert Client().get("/api/check", {"text": MRN}).status_code == 405


def test_one_call_too_many_is_told_when_to_come_back(
    settings: Settings,
) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"checks_per_minute": 2}
    )
    with time_machine.travel("2026-11-22 10:00:40+00:00", tick=False) as clock:
        assert [ask({"text": ""}).status_code for _ in range(3)] == [200, 200, 429]
        refused = ask({"text": ""})
        assert refused["Retry-After"] == "20"
        assert "20 seconds" in error_of(refused)
        assert ask({"text": ""}, address="198.51.100.7").status_code == 200
        clock.shift(20)
        assert ask({"text": ""}).status_code == 200


def test_the_schema_is_served() -> None:
    described = Client().get("/api/openapi.json").json()
    assert described["paths"]["/api/check"]["post"]["responses"].keys() >= {
        "200",
        "429",
    }
