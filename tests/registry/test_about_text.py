"""Text to paste that fits."""

import pytest

from wardline.channels.about import Link
from wardline.institution import SHIPPED, load
from wardline.registry.about import required
from wardline.registry.about_text import ready_text
from wardline.registry.guide import about_room
from wardline.registry.platforms import PLATFORMS

BOTH = list(required(load(SHIPPED)).values())


def test_nothing_missing_gives_nothing_to_paste() -> None:
    assert not ready_text([], 160)


def test_without_a_limit_each_link_has_its_title() -> None:
    titles = [line.partition(": ")[0] for line in ready_text(BOTH, None).splitlines()]
    assert titles == ["Social Media Guidelines", "Privacy Policy"]


@pytest.mark.parametrize(
    ("longest", "used", "begins"),
    [
        (256, 40, "Social Media Guidelines: "),
        (160, 40, "https://www."),
        (160, 70, "massgeneral.org/"),
        (160, 155, "Social Media Guidelines: "),
        (80, 0, ""),
    ],
    ids=["full", "bare", "shortest", "no room beside it", "does not fit at all"],
)
def test_the_fullest_wording_that_fits_is_given(
    longest: int, used: int, begins: str
) -> None:
    text = ready_text(BOTH, longest, used)
    assert text.startswith(begins)
    assert len(text) <= longest
    assert bool(text) == bool(begins)


def test_a_site_that_nobody_knows_sets_no_limit() -> None:
    assert (about_room(""), about_room("nowhere")) == (None, None)


def test_every_known_site_but_tiktok_has_room_for_both() -> None:
    rooms = {name: about_room(name) for name in PLATFORMS}
    assert {name for name, room in rooms.items() if not room} == set()
    assert {n for n, room in rooms.items() if not ready_text(BOTH, room)} == {"tiktok"}


def test_one_link_alone_fits_even_there() -> None:
    assert ready_text([Link("P", "https://www.massgeneral.org/notices/privacy")], 80)
