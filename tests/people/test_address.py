import pytest
from django.test import RequestFactory
from pytest_django import Settings

from wardline.people.address import address_of


def seen(settings: Settings, proxies: int, forwarded: str, remote: str) -> str:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"proxies": proxies})
    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=remote
    )
    return address_of(request)


def test_without_proxies_the_header_counts_for_nothing(
    settings: Settings,
) -> None:
    assert seen(settings, 0, "203.0.113.1", "198.51.100.7") == "198.51.100.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "forged, 203.0.113.1", "203.0.113.1"),
        (2, "forged, 203.0.113.1, 10.0.0.2", "203.0.113.1"),
        (2, "203.0.113.1", "203.0.113.1"),
    ],
)
def test_as_many_entries_count_as_there_are_proxies(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    assert seen(settings, proxies, forwarded, "10.0.0.1") == expected


def test_an_ipv6_caller_is_known_by_the_network(settings: Settings) -> None:
    one, other = (seen(settings, 0, "", f"2001:db8::{n}") for n in (1, 2))
    assert one == other == "2001:db8::/64"
