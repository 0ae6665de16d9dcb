"""What is refused before any operation is found."""

import json

import pytest
from django.test import Client


def test_what_is_there_is_answered_as_it_is(client: Client) -> None:
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.json()["openapi"][0]) == (200, "3")


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/check/"])
def test_an_unknown_address_is_told_in_json(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert list(json.loads(answer.content)) == ["error"]
    assert "/api/openapi.json" in answer.json()["error"]
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/api/check", "POST"), ("/api/registry/accounts", "GET, POST")],
)
def test_a_method_that_is_not_taken_is_told_in_json(
    client: Client, path: str, allowed: str
) -> None:
    answer = client.delete(path)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert answer.json() == {"error": f"This address takes {allowed} only."}


@pytest.mark.django_db
def test_a_page_that_is_not_there_stays_a_page(client: Client) -> None:
    answer = client.get("/apiary")
    assert (answer.status_code, answer["Content-Type"][:9]) == (404, "text/html")
