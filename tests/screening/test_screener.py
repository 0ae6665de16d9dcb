"""One text, many texts and the slow reference agree, whatever the text."""

import random
import threading
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.posts import posts
from tests.screening.reference import Reference
from wardline import institution
from wardline.screening import Context, default
from wardline.screening.schema import Example
from wardline.screening.values import Channel

OFFICIAL = Context(mode="official", channel="blog")
EXAMPLES = [
    example
    for rule in default().pack.rules.values()
    for example in (*rule.fires, *rule.passes)
]
RULES = default().without_reader()
REFERENCE = Reference(RULES.pack, institution.current())

AWKWARD = {
    "empty": "",
    "white": " \n\t ",
    "nul": "MRN 44\x0071903 MRN 4471903",
    "lone surrogates": "\ud800 MRN 4471903 \udfff",
    "right to left": "\u202eMRN 4471903\u202c \u200f.",
    "spaces": "MRN  \n 4471903",
    "combining": "e\u0301" * 50 + " MRN 4471903",
    "hidden": "reach me: bo (at) partners (dot) org, I work at MGH",
    "full width": "ＭＲＮ　４４７１９０３",  # noqa: RUF001
}


def test_nothing_is_found_in_an_empty_text() -> None:
    assert default().check("") == []
    assert list(default().check_many([])) == []


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
@pytest.mark.parametrize("context", [Context(), OFFICIAL], ids=["personal", "official"])
def test_awkward_text_is_checked_like_any_other(text: str, context: Context) -> None:
    found = RULES.check(text, context)
    assert found == REFERENCE.check(text, context)
    assert list(RULES.check_many([(text, context)])) == [found]
    assert all(text[f.start : f.end] == f.quote for f in found)


@pytest.mark.parametrize("size", [1_000_000])
def test_a_megabyte_is_checked(size: int) -> None:
    text = ("All quiet on the ward today, thank you. " * (size // 40)) + "MRN 4471903"
    assert "4471903" in [f.quote for f in default().check(text)]


def test_many_texts_give_what_each_gives_alone() -> None:
    texts = [(example.text, example.context) for example in EXAMPLES]
    texts += [(text, OFFICIAL) for text in AWKWARD.values()]
    texts += [("x" * 300_000, OFFICIAL)] * 5 + [("", OFFICIAL)] * 5
    random.Random(7).shuffle(texts)  # noqa: S311
    alone = [RULES.check(*text) for text in texts]
    assert list(RULES.check_many(texts)) == alone


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_text_is_read_like_any_other(text: str) -> None:
    found = default().check(text, OFFICIAL)
    assert list(default().check_many([(text, OFFICIAL)])) == [found]
    assert all(text[f.start : f.end] == f.quote for f in found)


def test_texts_that_are_read_together_give_what_each_gives_alone() -> None:
    chosen = random.Random(7).sample(EXAMPLES, 80)  # noqa: S311
    texts = [(example.text, example.context) for example in chosen]
    alone = [default().check(*text) for text in texts]
    assert list(default().check_many(texts)) == alone


@settings(max_examples=40, deadline=None)
@given(st.text(), st.sampled_from([Context(), OFFICIAL]))
def test_any_text_is_read_and_its_findings_quote_it(
    text: str, context: Context
) -> None:
    found = default().check(text, context)
    assert found == sorted(found, key=lambda f: (f.start, f.end))
    assert all(text[f.start : f.end] == f.quote != "" for f in found)


@pytest.mark.parametrize("examples", [EXAMPLES])
def test_the_scan_misses_nothing_in_the_rules_own_examples(
    examples: list[Example],
) -> None:
    for example in examples:
        quick = RULES.check(example.text, example.context)
        assert quick == REFERENCE.check(example.text, example.context), example.text


def test_the_scan_misses_nothing_in_everyday_posts() -> None:
    for text, context in posts(500, seed=1):
        assert RULES.check(text, context) == REFERENCE.check(text, context), text


WORDS = sorted({word for example in EXAMPLES for word in example.text.split()})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.sampled_from([" ", "  ", "\n", ", "]),
    st.sampled_from([Context(), OFFICIAL]),
)
def test_the_scan_misses_nothing_in_words_thrown_together(
    words: list[str], between: str, context: Context
) -> None:
    text = between.join(words)
    found = RULES.check(text, context)
    assert found == REFERENCE.check(text, context)
    assert found == sorted(found, key=lambda f: (f.start, f.end))
    assert all(text[f.start : f.end] == f.quote for f in found)


def test_threads_share_a_screener() -> None:
    texts = [example.text for example in EXAMPLES[:200]]
    expected = [default().check(text) for text in texts]
    answers: list[list[list[object]]] = []

    def work() -> None:
        answers.append([[*default().check(text)] for text in texts])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4


@pytest.mark.clause("POLICY-01", by="wardline.screening.screener")
def test_a_personal_draft_is_only_ever_advised() -> None:
    text = "Can someone pull the chart for MRN 4471903?"
    assert {f.severity for f in default().check(text, Context())} == {"advise"}
    assert {f.severity for f in default().check(text, OFFICIAL)} == {"hold"}


@pytest.mark.clause("SCOPE-01", by="wardline.screening.values")
@pytest.mark.parametrize("channel", get_args(Channel))
def test_every_kind_of_site_counts(channel: Channel) -> None:
    text = "Can someone pull the chart for MRN 4471903?"
    (finding,) = default().check(text, Context(channel=channel))
    assert finding.topic == "patient-privacy"
