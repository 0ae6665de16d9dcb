"""The menu: short for a visitor, in groups for whoever has much to do."""

import pytest

from wardline.people.models import Person
from wardline.registry.models import Account
from wardline.web.navigation import Entry, Group, navigation

pytestmark = pytest.mark.django_db


def labels(items: list[Entry | Group]) -> list[str]:
    return [item.label for item in items]


def test_a_visitor_has_a_menu_without_groups() -> None:
    menu = navigation(None, "/verify")
    public = ["Accounts", "Is this account real?", "Corrections", "Can I post this?"]
    assert labels(menu) == public
    assert [item.here for item in menu] == [False, True, False, False]


def test_a_long_menu_stands_in_groups(author: Person, blog: Account) -> None:
    menu = navigation(author.actor, "/publications/7")
    (posts, registry) = [item for item in menu if isinstance(item, Group)]
    assert (posts.label, posts.here) == ("Posts", True)
    assert (registry.label, registry.here) == ("Registry", False)
    assert [one.label for one in posts.entries if one.here] == ["Publications"]


def test_a_page_below_two_entries_belongs_to_the_nearer_one(registrar: Person) -> None:
    menu = navigation(registrar.actor, "/accounts/review")
    assert labels([item for item in menu if item.here]) == ["Account requests"]


def test_an_office_finds_its_queue_beside_the_dashboard(clearer: Person) -> None:
    menu = labels(navigation(clearer.actor, "/"))
    assert menu[:2] == ["Dashboard", "Queue: Public Affairs"]
