"""Guided checklists: the right one for an address, complete, and with its sources."""

import pytest

from wardline.channels.checklists import Checklist, checklist, every
from wardline.channels.measure import measure
from wardline.registry.platforms import PLATFORMS

SITES = sorted(set(every()) - {"any"})


def test_an_address_of_no_known_site_has_the_checklist_for_any() -> None:
    for url in ("", "https://elsewhere.example/us", "x.com", "https://[::1"):
        assert checklist(url) is every()["any"]


def test_the_sites_of_the_guidelines_have_one() -> None:
    named = {"facebook", "linkedin", "youtube", "flickr", "second-life"}
    assert named | {"instagram", "x", "tiktok"} <= set(SITES)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.facebook.com/hospital", "facebook"),
        ("https://M.FACEBOOK.com./hospital", "facebook"),
        ("https://twitter.com/hospital", "x"),
        ("https://fedex.com/x.com", "any"),
        ("https://notx.com/", "any"),
        ("https://maps.secondlife.com/secondlife/Example/1/2/3", "second-life"),
    ],
)
def test_the_host_tells_the_site(url: str, site: str) -> None:
    assert checklist(url) is every()[site]


@pytest.mark.parametrize("name", SITES)
def test_a_site_has_the_hosts_and_the_name_that_the_registry_knows(name: str) -> None:
    found, known = every()[name], PLATFORMS[name]
    assert (found.label, found.kind) == (known.label, known.kind)
    assert found.hosts == known.hosts


@pytest.mark.parametrize("name", SITES)
def test_a_site_says_where_its_facts_come_from(name: str) -> None:
    found = every()[name]
    assert found.sources
    assert all(url.startswith("https://") for url in found.sources)


@pytest.mark.parametrize("found", every().values(), ids=every())
def test_every_step_is_a_sentence_and_nothing_to_copy_is_left_out(
    found: Checklist,
) -> None:
    parts = (found.publish, found.correct, found.withdraw, found.answer, found.hide)
    for steps in parts:
        assert steps
        assert all(step.do[0].isupper() and step.do.endswith(".") for step in steps)
    assert {"text", "alt"} <= {step.copy for step in found.publish}
    assert "text" in {step.copy for step in found.correct}
    assert "text" in {step.copy for step in found.answer}
    assert found.titles is ("title" in {step.copy for step in found.publish})


@pytest.mark.parametrize("found", every().values(), ids=every())
def test_what_cannot_be_edited_is_corrected_where_it_stands_linked(
    found: Checklist,
) -> None:
    if not found.edit and found.label != "Second Life":  # a notice has no address
        assert "link" in {step.copy for step in found.correct}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Café", 4),
        ("Cafe\u0301", 4),
        ("医院", 4),
        ("👩‍👩‍👧‍👦", 2),
        ("🙋🏽 7 ©", 2 + 4),
        ("See https://hospital.example/a/very/long/address", 4 + 23),
    ],
)
def test_x_counts_by_weight(text: str, length: int) -> None:
    assert measure(text, "weighted characters") == length
