"""What other people's recognisers are tested with, where it concerns our kinds.

The values are those of Presidio's tests (MIT licence), the sentences are ours, each
about a patient: a number alone concerns nobody. A group with a `why` is one where we
want the contrary of what Presidio wants.
https://github.com/microsoft/presidio/tree/main/presidio-analyzer/tests
"""

import re
import tomllib
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from wardline.screening import Screener, default
from wardline.screening.sights import exact

TABLES = [
    tomllib.loads(file.read_text("utf-8"))
    for file in sorted(Path(__file__).with_name("recognisers").glob("*.toml"))
]
RULES = default().without_reader()
_PART = re.compile("<(.*?)>")
"""Marks what is to be found where that is not the whole value."""


def _cases(key: str) -> list[ParameterSet]:
    """Kind, text and quotes for each value of the tables under `key`."""
    return [
        pytest.param(
            table["kind"],
            group["sentence"].format(value),
            _PART.findall(value) or [value],
            id=f"{table['kind']}-{group['from']}-{number}-{value}",
        )
        for table in TABLES
        for number, group in enumerate(table["groups"])
        for value in group.get(key, [])
    ]


def _quotes(screener: Screener, kind: str, text: str) -> list[str]:
    found = screener.check(_PART.sub(r"\1", text))
    return [finding.quote for finding in found if finding.kind == kind]


@pytest.mark.parametrize(("kind", "text", "looks"), _cases("passes"))
def test_what_only_looks_like_it_is_left_alone_by_the_rules(
    kind: str, text: str, looks: list[str]
) -> None:
    assert _quotes(RULES, kind, text) == [], looks


@pytest.mark.parametrize(("kind", "text", "quotes"), _cases("found"))
def test_what_is_a_patients_is_found_by_the_rules(
    kind: str, text: str, quotes: list[str]
) -> None:
    assert _quotes(RULES, kind, text) == quotes


@pytest.mark.parametrize(("kind", "text", "quotes"), _cases("found")[::10])
def test_no_reader_takes_back_a_kind_with_a_form_of_its_own(
    kind: str, text: str, quotes: list[str]
) -> None:
    if exact(kind):
        assert set(quotes) <= set(_quotes(default(), kind, text))
