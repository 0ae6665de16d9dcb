"""The advice for every kind of site, and the About text that it makes."""

import pytest

from wardline.institution import current
from wardline.registry.errors import RegistryError
from wardline.registry.guide import SECTIONS, Site, guide, kinds
from wardline.registry.guide.about import composed
from wardline.registry.platforms import PLATFORMS
from wardline.web.kinds import KINDS

NAME = "Mass General Cardiology"
PURPOSE = (
    "Plain answers about hearts. From the people who treat them, for patients and "
    "their families."
)
SITES = [
    pytest.param(kind, site, id=f"{kind}-{site.label}")
    for kind in kinds()
    for site in guide(kind).sites
]


def test_a_kind_without_a_guide_says_which_there_are() -> None:
    with pytest.raises(RegistryError, match="microblog"):
        guide("fax")


def test_every_kind_of_account_has_a_guide() -> None:
    assert set(kinds()) == {kind for kind, _ in KINDS}


@pytest.mark.clause("OFFICIAL-09", by="wardline.registry.guide.advice")
@pytest.mark.parametrize("kind", kinds())
def test_a_guide_has_advice_of_its_own_in_every_section(kind: str) -> None:
    one = guide(kind)
    for name, title, lines in one.parts:
        assert len(lines) >= 2, title
        assert getattr(one.advice, name), title
    assert [title for _, title, _ in one.parts] == list(SECTIONS.values())


def test_no_two_kinds_share_a_line() -> None:
    own = [
        line
        for kind in kinds()
        for name in SECTIONS
        for line in getattr(guide(kind).advice, name)
    ]
    assert len(own) == len(set(own))


@pytest.mark.parametrize(("kind", "site"), SITES)
def test_a_known_site_is_of_its_kind(kind: str, site: Site) -> None:
    if site.platform:
        assert PLATFORMS[site.platform].kind == kind
        assert guide(kind).site_of(site.platform) == site
    assert guide(kind).site(site.label) == site


def test_every_platform_has_its_site() -> None:
    for platform, known in PLATFORMS.items():
        assert guide(known.kind).site_of(platform).platform == platform


@pytest.mark.clause("OFFICIAL-05", "OFFICIAL-06", by="wardline.registry.guide.about")
@pytest.mark.parametrize(("kind", "site"), SITES)
@pytest.mark.parametrize("purpose", [PURPOSE, "Hearts", "Heart. " * 70])
def test_the_about_text_fits_and_has_both_links(
    kind: str, site: Site, purpose: str
) -> None:
    about = composed(NAME, purpose, site)
    assert not site.about or len(about.text) <= site.about
    for link in (current().guidelines, current().privacy_policy):
        assert link.url in (about.links or about.text)
    assert (
        about.text.startswith(purpose.split(maxsplit=1)[0].rstrip("."))
        or NAME in about.text
    )


def test_only_where_there_is_no_room_do_the_links_stand_apart() -> None:
    apart = {site.about for kind in kinds() for site in guide(kind).sites
             if composed(NAME, PURPOSE, site).links}  # fmt: skip
    assert apart == {80, 101}


def test_a_site_without_room_for_both_links_says_where_they_go() -> None:
    for site in (site for kind in kinds() for site in guide(kind).sites):
        if composed(NAME, PURPOSE, site).links:
            assert site.links, site.label
