"""What an About section must hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.channels.about import Link, Profile
from wardline.channels.leads import End, Lead
from wardline.institution import SHIPPED, load
from wardline.registry import about
from wardline.registry.models import Account

GUIDELINES = Link("Social Media Guidelines", "https://hospital.example/notices/social")
PRIVACY = Link("Privacy Policy", "https://hospital.example/notices/privacy")
HOME = "https://heart.example/"


def profile(*links: str, **fields: str) -> Profile:
    return Profile(text="About us", links=links, **{"url": HOME, **fields})


def arrives(link: str, at: str = "", end: End = "open") -> dict[str, Lead]:
    return {link: Lead(end, at or link, "" if end == "open" else "status 404")}


def account(**fields: str) -> Account:
    return Account(name="Heart notes", url=HOME, **fields)


def check(found: Profile, leads: dict[str, Lead]) -> about.Check:
    return about.link_check("guidelines", GUIDELINES, found, leads)


def test_a_link_that_is_there_and_opens_passes() -> None:
    found = check(profile(GUIDELINES.url), arrives(GUIDELINES.url))
    assert found.passed


@pytest.mark.parametrize(
    "written",
    [
        "http://hospital.example/notices/social",
        "https://www.hospital.example/notices/social/",
        "https://HOSPITAL.example/Notices/Social?utm_source=blog#top",
    ],
)
def test_the_spelling_of_the_link_does_not_matter(written: str) -> None:
    assert check(profile(written), arrives(GUIDELINES.url)).passed


@pytest.mark.clause("OFFICIAL-06", by="wardline.registry.about")
def test_one_link_is_not_two() -> None:
    wanted = about.required(load(SHIPPED))
    found = profile(wanted["guidelines"].url)
    leads = arrives(wanted["guidelines"].url)
    checks = [about.link_check(n, w, found, leads) for n, w in wanted.items()]
    assert [each.passed for each in checks] == [True, False]
    assert about.outcome(checks) == "fail"
    assert checks[1].detail == "There is no link to the Privacy Policy."


@pytest.mark.clause("OFFICIAL-05", by="wardline.registry.about")
@pytest.mark.parametrize(
    ("link", "leads", "passed", "words"),
    [
        (GUIDELINES.url, arrives(GUIDELINES.url, end="dead"), False, "is dead"),
        (
            GUIDELINES.url,
            arrives(GUIDELINES.url, "https://hospital.example/"),
            False,
            "leads elsewhere: https://hospital.example/",
        ),
        (
            "https://short.example/x1",
            arrives("https://short.example/x1", GUIDELINES.url),
            False,
            "is a shortened link",
        ),
        (
            "https://hospital.example/social",
            arrives("https://hospital.example/social", GUIDELINES.url),
            True,
            "leads to the Social Media Guidelines",
        ),
        (
            GUIDELINES.url,
            arrives(GUIDELINES.url, end="unreachable"),
            None,
            "could not be opened",
        ),
        ("https://other.example/", {}, False, "There is no link"),
    ],
    ids=["dead", "redirect", "shortener", "own redirect", "unreachable", "absent"],
)
def test_each_trouble_of_a_link_is_told_apart(
    link: str, leads: dict[str, Lead], passed: object, words: str
) -> None:
    found = check(profile(link), leads)
    assert found.passed is passed
    assert words in found.detail


def test_only_what_may_matter_is_opened() -> None:
    both = profile("https://other.example/", GUIDELINES.url, PRIVACY.url)
    assert about.to_follow(both, [GUIDELINES, PRIVACY]) == [GUIDELINES.url, PRIVACY.url]
    one = profile("https://short.example/x1", GUIDELINES.url)
    opened = about.to_follow(one, [GUIDELINES, PRIVACY])
    assert opened == [GUIDELINES.url, "https://short.example/x1"]


def test_a_profile_full_of_links_is_not_opened_link_by_link() -> None:
    many = profile(*(f"https://other.example/{n}" for n in range(500)))
    assert len(about.to_follow(many, [GUIDELINES, PRIVACY])) == 12


@pytest.mark.parametrize("handle", ["heart", "@Heart", "@heart@social.example"])
def test_a_handle_is_the_same_in_every_spelling(handle: str) -> None:
    kept = account(handle=handle, platform_id="17")
    assert about.identity_check(kept, profile(handle="heart", platform_id="17")).passed


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"handle": "heart", "platform_id": "18"}, "own id was 17 and is now 18"),
        ({"handle": "hart", "platform_id": "17"}, "handle was heart and is now hart"),
        ({"url": "https://evil.example/"}, "leads on to https://evil.example/"),
    ],
)
def test_another_account_in_its_place_is_noticed(
    fields: dict[str, str], words: str
) -> None:
    kept = account(handle="heart", platform_id="17")
    found = about.identity_check(kept, profile(**fields))
    assert found.passed is False
    assert words in found.detail


def test_a_site_without_ids_is_known_by_its_address() -> None:
    assert about.identity_check(account(), profile()).passed


def test_evidence_is_the_same_while_the_profile_is() -> None:
    once, again = about.evidence(profile("https://a.example/")), profile()
    assert once == about.evidence(profile("https://a.example/"))
    assert about.digest(once) != about.digest(about.evidence(again))
    assert len(about.digest(once)) == 64


@given(st.lists(st.sampled_from([True, False, None])))
def test_one_failure_fails_whatever_else_was_found(passed: list[bool | None]) -> None:
    checks = [about.Check("guidelines", each, "") for each in passed]
    assert (about.outcome(checks) == "fail") == (False in passed)
