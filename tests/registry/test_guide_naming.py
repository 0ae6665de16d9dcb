"""Names and handles that will do, and those that will not."""

import pytest

from wardline.registry.guide import guide
from wardline.registry.guide.naming import Verdict, judged

X = guide("microblog").site("X")
BLOG = guide("blog").site("WordPress of our own")


def broken(name: str, handle: str, *people: str) -> list[Verdict]:
    found = judged(name, handle, X, people)
    return [one for one in found if one.must and not one.kept]


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Mass General Cardiology", "MassGenHeart"),
        ("MGH Clinic for Drumming", "mgh_drums"),
        ("Massachusetts General Hospital Labs", "mghlabs"),
        ("Mass General Nutrition", "salt_and_kidney"),
    ],
)
def test_good_names_keep_every_rule(name: str, handle: str) -> None:
    assert broken(name, handle, "Amara Author") == []


@pytest.mark.parametrize(
    ("name", "handle", "field", "advice"),
    [
        ("Heart news", "mghheart", "name", "hospital's name first"),
        ("", "mghheart", "name", "Write the name"),
        ("Mass General " + "Heart " * 9, "mghheart", "name", "shorten it to 50"),
        ("Mass General Heart (Official)", "mghheart", "name", "anyone can type it"),
        ("Mass General Heart ✅", "mghheart", "name", "anyone can type it"),
        ("Mass General Heart", "mghverified", "handle", "anyone can type it"),
        ("Mass General, Amara Author", "mghheart", "name", "instead of Amara Author"),
        ("Mass General Heart", "AmaraAuthor_mgh", "handle", "instead of Amara"),
        ("Dr. Jones at Mass General", "mghheart", "name", "a person with a title"),
        ("Mass General: J Jones, MD", "mghheart", "name", "a person with a title"),
        ("Mass General Heart", "mgh heart!", "handle", "underscore"),
        ("Mass General Heart", "", "handle", "at most 15"),
        ("Mass General Heart", "mgh_cardiology_news", "handle", "at most 15"),
        ("Mass General Heart", "ma55general", "handle", "impostors"),
        ("Mass General Heart", "massgenera1", "handle", "impostors"),
    ],
)
def test_a_bad_name_is_told_what_to_do(
    name: str, handle: str, field: str, advice: str
) -> None:
    (found,) = [one for one in broken(name, handle, "Amara Author")
                if advice in one.advice]  # fmt: skip
    assert found.field == field


def test_a_handle_without_the_hospital_is_advice_alone() -> None:
    found = judged("Mass General Heart", "heartnotes", X, [])
    (thought,) = [one for one in found if not one.kept]
    assert not thought.must


def test_a_site_without_handles_asks_for_none() -> None:
    fields = {
        one.field for one in judged("Mass General Heart", "", BLOG, []) if not one.kept
    }
    assert fields == set()
