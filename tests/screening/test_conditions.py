"""What has to be true around a match: signals, scopes, sides, the author's context."""

from collections.abc import Callable

import pytest

from tests.screening.conftest import WriteRule
from wardline.screening import Context, Screener

Make = Callable[[], Screener]
NAME = "confidential-information/number"


def _fires(make: Make, text: str, context: Context | None = None) -> bool:
    return bool(make().check(text, context or Context()))


@pytest.mark.parametrize(
    ("scope", "side", "text", "holds"),
    [
        ('"sentence"', "either", "secret", False),
        ('"sentence"', "either", "patient secret", True),
        ('"sentence"', "either", "A patient. A secret.", False),
        ('"sentence"', "either", "Mr. Doe, patient, a secret.", True),
        ('"sentence"', "either", "patient\nsecret", False),
        ('"text"', "either", "A patient. A secret.", True),
        ('"text"', "before", "A patient. A secret.", True),
        ('"text"', "after", "A patient. A secret.", False),
        ('"text"', "after", "A secret. A patient.", True),
        ("5", "either", "patient, a secret", True),
        ("5", "either", "patient and then a secret", False),
        ("5", "before", "secret patient", False),
        ("5", "after", "secret patient", True),
    ],
)
@pytest.mark.parametrize("key", ["with", "without"])
def test_a_condition_looks_where_it_is_told(
    write_rule: WriteRule,
    screener: Make,
    key: str,
    scope: str,
    side: str,
    text: str,
    *,
    holds: bool,
) -> None:
    asked = f'[[{key}]]\nany = ["patient"]\nscope = {scope}\nside = "{side}"'
    write_rule(NAME, "phrases = ['secret']", tail=asked)
    assert _fires(screener, text) is (holds if key == "with" else not holds)


@pytest.mark.clause("SCOPE-01", by="wardline.screening.evaluate")
@pytest.mark.parametrize(
    ("asked", "context", "holds"),
    [
        ("", Context(), True),
        ('mode = "official"', Context(), False),
        ('mode = "official"', Context(mode="official"), True),
        ('channel = ["blog", "wiki"]', Context(channel="wiki"), True),
        ('channel = ["blog", "wiki"]', Context(channel="photo"), False),
        ("author_employer = true", Context(author_employer=False), False),
        ("author_employer = false", Context(author_employer=False), True),
        ("profile_disclaimer = false", Context(profile_disclaimer=True), False),
        ('author_role = "nurse"', Context(author_role="Night Nurse"), True),
        ('author_role = "nurse"', Context(author_role="surgeon"), False),
    ],
)
def test_a_rule_asks_for_its_author(
    write_rule: WriteRule,
    screener: Make,
    asked: str,
    context: Context,
    *,
    holds: bool,
) -> None:
    write_rule(NAME, "phrases = ['secret']", tail=f"[context]\n{asked}")
    assert _fires(screener, "a secret", context) is holds


@pytest.mark.parametrize("mode", ["personal", "official"])
@pytest.mark.parametrize("said", ["", " views are mine"])
def test_the_topics_own_conditions_hold_for_all_its_rules(
    write_rule: WriteRule, screener: Make, mode: str, said: str
) -> None:
    write_rule("missing-disclaimer/opinion", "phrases = ['best']")
    context = Context(mode="official" if mode == "official" else "personal")
    assert _fires(screener, f"best{said}", context) is (mode == "personal" and not said)


@pytest.mark.parametrize(
    ("match", "text", "quotes"),
    [
        ("phrases = ['bed  rest']", "strict bed\nrest", ["bed\nrest"]),
        ("phrases = ['bed']", "embedded", []),
        ("phrases = ['bed']\ncase = true", "Bed bed", ["bed"]),
        (r"patterns = ['''no\. (?P<span>\d+)''']", "No. 12 and no. 7", ["12", "7"]),
        (
            "patterns = ['''(?P<span>[a-z]+)s''']\nmust = { span = 'lexicon:fruit' }",
            "apples, figs and nuts",
            ["apple", "fig"],
        ),
        (
            """patterns = ['''at (?P<word>\\w+)''']
            must_not = { word = 'lexicon:fruit' }""",
            "at fig, at home",
            ["at home"],
        ),
        ("patterns = ['''call\\s(?P<span>{hospital})''']", "call MGH", ["MGH"]),
        ("patterns = ['''@{work_domain}''']", "a@partners.org", ["@partners.org"]),
        ("patterns = ['''{lexicon:fruit} pie''']", "fig pie", ["fig pie"]),
        ("patterns = ['''one {signal:patient}''']", "one patient", ["one patient"]),
        ("patterns = ['''\\w{30}$''']", "x" * 40, ["x" * 30]),
    ],
)
def test_a_match_reports_its_span(
    write_rule: WriteRule, screener: Make, match: str, text: str, quotes: list[str]
) -> None:
    write_rule(NAME, match)
    assert [finding.quote for finding in screener().check(text)] == quotes


def test_a_rule_may_report_the_sentence(write_rule: WriteRule, screener: Make) -> None:
    write_rule(NAME, "phrases = ['secret']", head='report = "sentence"')
    text = "Hello. This is a secret!  Bye."
    assert [f.quote for f in screener().check(text)] == ["This is a secret!"]


def test_a_rule_may_report_once(write_rule: WriteRule, screener: Make) -> None:
    write_rule(NAME, "phrases = ['b', 'a']", head="once = true")
    assert [f.quote for f in screener().check("a b a")] == ["a"]


def test_a_signal_may_ask_for_itself_and_finds_nothing(
    write_rule: WriteRule, screener: Make, folder: object
) -> None:
    assert folder
    write_rule(NAME, "phrases = ['secret']", tail='[[without]]\nany = ["patient"]')
    assert _fires(screener, "secret")
