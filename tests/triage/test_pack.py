"""Every rule's own examples."""

import pytest

from wardline import institution
from wardline.screening import Screener, load_pack
from wardline.screening.schema import Rule
from wardline.triage import signs

PACK = load_pack(signs.FOLDER)
RULES = sorted(PACK.rules.values(), key=lambda rule: rule.id)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.of(PACK, institution.current())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_what_its_examples_show(rule: Rule, screener: Screener) -> None:
    for example in rule.fires:
        found = screener.check(example.text)
        quotes = [one.quote for one in found if one.rule == rule.id]
        assert example.quote in quotes, example.text
    for example in rule.passes:
        assert rule.id not in {one.rule for one in screener.check(example.text)}
