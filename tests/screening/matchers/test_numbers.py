"""The matchers that tell a real number from one that only looks like it."""

import pytest

from wardline.screening import matchers


def test_matchers_are_found_by_module_name() -> None:
    assert {"ssn", "phone", "date", "ip", "over_89"} <= matchers.names()
    with pytest.raises(KeyError):
        matchers.find("no-such-matcher")


@pytest.mark.parametrize(
    ("matcher", "text", "accepted"),
    [
        ("ssn", "078-05-1120", True),
        ("ssn", "000-12-3456", False),
        ("ssn", "666-12-3456", False),
        ("ssn", "123-00-3456", False),
        ("ssn", "123-45-0000", False),
        ("ssn", "912-34-5678", True),
        ("ssn", "12345678", False),
        ("phone", "(617) 555-0148", True),
        ("phone", "+1 617 555 0148", True),
        ("phone", "555-0148", True),
        ("phone", "117 555 0148", False),
        ("phone", "617 155 0148", False),
        ("phone", "222-2222", False),
        ("phone", "12345", False),
        ("date", "2/29", True),
        ("date", "2/30", False),
        ("date", "13/4/2026", True),
        ("date", "2026-11-22", True),
        ("date", "13/13/2026", False),
        ("date", "12", False),
        ("ip", "203.0.113.9", True),
        ("ip", "[2001:db8::1]", True),
        ("ip", "127.0.0.1", False),
        ("ip", "0.0.0.0", False),  # noqa: S104
        ("ip", "300.1.1.1", False),
        ("over_89", "89", False),
        ("over_89", "90 years old", True),
        ("over_89", "125", True),
        ("over_89", "126", False),
        ("over_89", "1990", False),
        ("over_89", "ninety-four", True),
        ("over_89", "eighty-nine", False),
        ("over_89", "noventa y dos", True),
        ("over_89", "a hundred and two", True),
    ],
)
def test_a_number_is_accepted_or_not(
    matcher: str, text: str, *, accepted: bool
) -> None:
    assert matchers.find(matcher)(text) is accepted
