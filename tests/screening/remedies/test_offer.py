"""Fixes hold: over the posts of the corpus that may be learnt from."""

import json
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardline.screening import Context, default
from wardline.screening.remedies import applied, mended, offered
from wardline.screening.remedies.statement import MICROBLOG

TRAIN = Path(__file__).parents[2] / "corpus" / "train"
ALWAYS = {"missing-disclaimer", "missing-affiliation-disclosure", "work-email-identity"}
EACH = 20
"""One post in so many is tried: the rest would only take time."""
few = settings(max_examples=25, deadline=None)
IN_WORDS = {"photo", "story"}


@cache
def posts() -> list[tuple[str, Context]]:
    """Some of the train part in which something is found."""
    rows = [
        json.loads(line)
        for file in sorted(TRAIN.glob("*.jsonl"))
        for line in file.read_text().splitlines()[::EACH]
    ]
    texts = [(row["text"], Context(**row["context"])) for row in rows]
    found = default().check_many(texts)
    return [post for post, findings in zip(texts, found, strict=True) if findings]


post = st.deferred(lambda: st.sampled_from(posts()))


def test_a_clean_text_is_offered_nothing() -> None:
    assert offered(default(), "A calm day by the river.", Context()) == []
    assert mended(default(), "A calm day by the river.", Context()) == (
        "A calm day by the river."
    )


@few
@given(post)
def test_a_fix_settles_its_finding(post: tuple[str, Context]) -> None:
    text, context = post
    findings = default().check(text, context)
    for fix in offered(default(), text, context, findings):
        left = default().check(applied(text, [fix]), context)
        same = (fix.finding.topic, fix.finding.kind, fix.finding.quote)
        before, after = (
            sum((one.topic, one.kind, one.quote) == same for one in some)
            for some in (findings, left)
        )
        assert after < before


@few
@given(post)
def test_mending_twice_changes_nothing_more(post: tuple[str, Context]) -> None:
    text, context = post
    once = mended(default(), text, context)
    assert mended(default(), once, context) == once


@pytest.mark.clause("POLICY-01", by="wardline.screening.remedies.offer")
@few
@given(post)
def test_identifiers_are_gone_from_a_mended_text(post: tuple[str, Context]) -> None:
    text, context = post
    fixable = [
        one.quote
        for fix in offered(default(), text, context)
        for one in [fix.finding]
        if one.kind in {"ssn", "phone", "email", "mrn", "ip"}
    ]
    once = mended(default(), text, context)
    assert not any(quote in once for quote in fixable)


@few
@given(st.text(max_size=200), st.sampled_from(["network", "microblog", "blog"]))
def test_any_text_can_be_mended(text: str, channel: str) -> None:
    context = Context(channel=channel)  # type: ignore[arg-type]
    once = mended(default(), text, context)
    assert mended(default(), once, context) == once


def test_nearly_every_identifier_and_missing_line_is_offered_its_fix() -> None:
    found, fixed = 0, 0
    for text, context in posts():
        findings = default().check(text, context)
        asking = [
            one
            for one in findings
            if one.topic in ALWAYS
            or (one.topic == "patient-privacy" and one.kind not in IN_WORDS)
        ]
        fixes = offered(default(), text, context, findings)
        found += len(asking)
        fixed += sum(fix.finding in asking for fix in fixes)
    assert fixed / found >= 0.9


def test_one_fix_may_call_for_the_next() -> None:
    text = "Mass General is the best hospital in Boston, go there."
    once = mended(default(), text, Context(author_role="nurse"))
    assert once.startswith(f"{text}\n\nI work at Mass General as a nurse.")
    assert default().check(once, Context(author_role="nurse")) == []


@few
@given(post)
def test_a_line_that_is_added_fits_a_microblog(post: tuple[str, Context]) -> None:
    text, context = post
    micro = msgspec.structs.replace(context, channel="microblog")
    for fix in offered(default(), text, micro):
        if fix.finding.topic.startswith("missing-") and len(text) <= MICROBLOG:
            assert len(applied(text, [fix])) <= MICROBLOG
