"""Every rule file's own examples, and the pack's."""

import pytest
from _pytest.mark import ParameterSet

from wardline.screening import Screener, default
from wardline.screening.schema import Example

RULES = default().pack.rules


def _examples(key: str) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule}-{key}-{number}")
        for rule, file in RULES.items()
        for number, example in enumerate(getattr(file, key))
    ]


@pytest.mark.parametrize(("rule", "example"), _examples("passes"))
def test_a_text_that_passes_is_not_reported_by_the_rule(
    rule: str, example: Example
) -> None:
    assert list(default().spans(rule, example.text, example.context)) == []


@pytest.mark.parametrize(("rule", "example"), _examples("fires"))
def test_a_text_that_fires_is_reported_with_the_quote(
    rule: str, example: Example
) -> None:
    spans = default().spans(rule, example.text, example.context)
    assert example.quote in [example.text[start:end] for start, end in spans]


@pytest.mark.parametrize(("rule", "example"), _examples("fires"))
def test_what_fires_reaches_the_reader_under_its_topic(
    rule: str, example: Example
) -> None:
    start = example.text.index(example.quote)
    end = start + len(example.quote)
    found = default().check(example.text, example.context)
    assert [
        finding
        for finding in found
        if (finding.topic, finding.kind) == (RULES[rule].topic, RULES[rule].kind)
        and finding.start < end
        and start < finding.end
    ], f"other findings are {[(f.rule, f.quote) for f in found]}"


def test_the_default_screener_is_loaded_once() -> None:
    assert isinstance(default(), Screener)
    assert default() is default()
