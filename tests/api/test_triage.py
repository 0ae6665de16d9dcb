import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from wardline.api import triage as resource
from wardline.api.triage import CommentIn
from wardline.people.allowance import Allowance
from wardline.triage import Comment
from wardline.triage.jsonl import answers, encode


@pytest.fixture(autouse=True)
def fresh_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "allowance", Allowance())


def ask(body: object) -> HttpResponse:
    client = Client(enforce_csrf_checks=True)
    answer: object = client.post("/api/triage", body, content_type="application/json")
    assert isinstance(answer, HttpResponse)
    return answer


def test_thanks_are_ok() -> None:
    answer = ask({"post_text": "", "comment": "Thanks!"})
    told: dict[str, Any] = json.loads(answer.content)
    assert told["label"] == "ok"
    assert answer["Cache-Control"] == "no-store"


def test_the_answer_is_what_the_command_line_answers() -> None:
    comment = {"post_text": "Flu shots", "comment": "Where do I park?", "id": "a"}
    [[line]] = answers([json.dumps(comment).encode()])
    assert json.loads(ask(comment).content) == json.loads(encode(line))


def test_the_fields_are_those_of_triage() -> None:
    assert set(CommentIn.model_fields) == set(Comment.__struct_fields__)
    given = CommentIn(post_text="a", comment="b", history=["c"])
    assert given.value() == Comment("a", "b", history=("c",))


@pytest.mark.parametrize(
    "body",
    [
        {"comment": "no post"},
        {"post_text": "", "comment": 3},
        {"post_text": "", "comment": "", "likes": 3},
        {"post_text": "", "comment": "", "history": ["x"] * 101},
    ],
)
def test_a_bad_comment_is_refused_with_the_reason(body: object) -> None:
    answer = ask(body)
    assert answer.status_code == 422
    assert json.loads(answer.content)["error"]


def test_too_many_calls_have_to_wait(settings: Settings) -> None:
    most = settings.ENVIRONMENT.checks_per_minute
    answers = [ask({"post_text": "", "comment": "x"}) for _ in range(most + 1)]
    assert answers[-1].status_code == 429
