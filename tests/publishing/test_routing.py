"""Which offices a post goes to: what was found, and the routes of clearance.toml."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wardline.institution import current
from wardline.people.models import Unit
from wardline.publishing import routing
from wardline.publishing.gate import Matter, Requirement, requirements
from wardline.publishing.routing import SHIPPED, RoutingError, load
from wardline.registry.models import Account

Routes = Callable[[str], None]
ROUTE = '[[route]]\nname = "A"\noffices = ["privacy"]\n'
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""A Monday in Boston."""
SATURDAY = datetime(2026, 11, 28, 17, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 23, tzinfo=UTC)
"""Six in the evening in Boston: the first minute outside 08:00-18:00."""


def found(topic: str, severity: str = "hold") -> dict[str, Any]:
    return {"rule": f"{topic}/rule", "topic": topic, "severity": severity}


@pytest.fixture
def plain() -> Matter:
    """A post in which nothing was found."""
    account = Account(name="Heart", url="https://x.com/heart/", channel="by_hand")
    account.kind = "microblog"
    unit = Unit(name="Cardiology", slug="cardiology")
    return Matter((), (), unit, [account], NOON)


def asked(matter: Matter) -> list[tuple[tuple[str, ...], int]]:
    return [(each.offices, each.order) for each in requirements(matter, current())]


def test_without_any_route_findings_still_call_their_office(
    plain: Matter, routes: Routes
) -> None:
    routes("")
    assert asked(plain) == [(("public-affairs",), 0)]
    assert asked(replace(plain, findings=[found("fundraising")])) == [
        (("development",), 0)
    ]


@pytest.mark.clause("OFFICIAL-07", by="wardline.publishing.routing")
def test_fundraising_goes_to_development(plain: Matter) -> None:
    (only,) = requirements(
        replace(plain, findings=[found("fundraising", "advise")]), current()
    )
    assert only == Requirement(("development",), ("Fundraising",), due_hours=48)


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.routing")
def test_official_communications_go_to_public_affairs(plain: Matter) -> None:
    told = replace(plain, findings=[found("official-communication", "advise")])
    assert asked(told) == [(("public-affairs",), 0)]


@pytest.mark.clause("POLICY-01", by="wardline.publishing.routing")
def test_a_patient_story_goes_to_privacy_first_and_then_to_public_affairs(
    plain: Matter,
) -> None:
    story = replace(plain, findings=[found("patient-privacy")])
    assert asked(story) == [(("privacy",), 0), (("public-affairs",), 1)]
    assert requirements(story, current())[0].due_hours == 24


def test_the_same_office_is_asked_once_as_late_and_with_as_little_time_as_any_says(
    plain: Matter, routes: Routes
) -> None:
    routes(
        """
        [[route]]
        name = "Late"
        offices = ["privacy"]
        order = 2
        due_hours = 30
        [[route]]
        name = "Soon"
        offices = ["privacy"]
        due_hours = 4
        """
    )
    asked = requirements(replace(plain, also_ask=["privacy", "press"]), current())
    assert asked == [
        Requirement(("privacy",), ("Late", "Soon", "author"), order=2, due_hours=4)
    ]


def test_a_choice_of_offices_is_dropped_where_one_of_them_is_asked_anyway(
    plain: Matter, routes: Routes
) -> None:
    routes(
        """
        [[route]]
        name = "Either"
        ask = "any"
        offices = ["privacy", "development"]
        """
    )
    assert asked(plain) == [(("privacy", "development"), 0)]
    fund = replace(plain, findings=[found("fundraising")])
    assert asked(fund) == [(("development",), 0)]


def test_a_choice_stays_where_the_stricter_one_comes_later(
    plain: Matter, routes: Routes
) -> None:
    routes(
        """
        [[route]]
        name = "Either"
        ask = "any"
        offices = ["privacy", "development"]
        [[route]]
        name = "Then"
        offices = ["development"]
        order = 1
        """
    )
    assert asked(plain) == [(("privacy", "development"), 0), (("development",), 1)]


@pytest.mark.parametrize(
    ("condition", "when"),
    [
        ('hours = { outside = "08:00-18:00" }', EVENING),
        ("hours = { weekend = true }", SATURDAY),
        ('hours = { outside = "08:00-18:00", weekend = true }', SATURDAY),
    ],
)
def test_hours_are_those_of_the_institutions_zone(
    plain: Matter, routes: Routes, condition: str, when: datetime
) -> None:
    routes(f"{ROUTE}when = {{{condition}}}")
    assert asked(plain) == [(("public-affairs",), 0)]
    assert asked(replace(plain, when=when)) == [(("privacy",), 0)]


@pytest.mark.parametrize(
    ("fits", "fits_not"),
    [
        ('channels = ["by_hand"]', 'channels = ["wordpress"]'),
        ('kinds = ["microblog"]', 'kinds = ["wiki"]'),
        ('accounts = ["HEART"]', 'accounts = ["Lungs"]'),
        ('accounts = ["https://x.com/Heart"]', 'accounts = ["https://x.com/lungs"]'),
        ('units = ["cardiology"]', 'units = ["oncology"]'),
        ("replies = false", "replies = true"),
        ("corrections = false", "corrections = true"),
        ('severities = ["advise"]', 'severities = ["remind"]'),
        (
            'topics = ["disrespect"], severities = ["advise"]',
            'topics = ["fundraising"], severities = ["advise"]',
        ),
        (
            'channels = ["by_hand"], kinds = ["microblog"]',
            'channels = ["by_hand"], kinds = ["blog"]',
        ),
    ],
)
def test_a_route_applies_where_all_that_it_says_is_so(
    plain: Matter, routes: Routes, fits: str, fits_not: str
) -> None:
    post = replace(plain, findings=[found("disrespect", "advise")])
    for condition, office in ((fits, "privacy"), (fits_not, "public-affairs")):
        routes(f"{ROUTE}when = {{{condition}}}")
        assert asked(post) == [((office,), 0)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[rout]]", "unknown field `rout`"),
        ('[[route]]\nname = "A"', "missing required field `offices`"),
        ('[[route]]\nname = "A"\noffices = []', "route[0].offices"),
        ('[[route]]\nname = "A"\noffices = ["press"]', "there is no 'press'; name one"),
        (
            ROUTE + 'when = {topic = ["x"]}',
            "route[0].when: Object contains unknown field `topic`",
        ),
        (
            ROUTE + 'when = {topics = ["money"]}',
            "route[0] 'A'.when.topics: there is no 'money'",
        ),
        (
            ROUTE + 'when = {channels = ["x"]}',
            "there is no channel 'x'",
        ),
        (
            ROUTE + 'when = {hours = {outside = "8-18"}}',
            "write hours like 08:00-18:00",
        ),
        (
            ROUTE + 'when = {hours = {outside = "22:00-06:00"}}',
            "the hours of one day",
        ),
        (
            ROUTE * 2,
            "another route has this name",
        ),
        ("[[route", "top level"),
        ("due_hours = 0", "due_hours: Expected `int` >= 1"),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_remedy(
    tmp_path: Path, text: str, says: str
) -> None:
    bad = tmp_path / "ours.toml"
    bad.write_text(text)
    with pytest.raises(RoutingError) as refusal:
        load(bad, current())
    assert str(refusal.value).startswith(f"{bad}: ")
    assert says.lower() in str(refusal.value).lower()


def test_a_file_that_is_not_there_says_how_to_name_it(tmp_path: Path) -> None:
    with pytest.raises(RoutingError, match="Set WARDLINE_CLEARANCE"):
        load(tmp_path / "none.toml", current())


def test_a_hospital_with_other_offices_is_told_to_copy_the_file() -> None:
    offices = {"press": current().offices["public-affairs"]}
    other = msgspec.structs.replace(current(), offices=offices)
    with pytest.raises(RoutingError, match="Copy the file"):
        load(SHIPPED, other)


def test_the_routes_of_this_process_are_read_once(routes: Routes) -> None:
    routes("due_hours = 5")
    assert routing.current() is routing.current()
    assert routing.current().due_hours == 5
