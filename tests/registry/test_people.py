"""Who signs in and what they may do: every change is the administrator's, on record."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate

from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.people.tokens import owned_by
from wardline.registry.errors import RegistryError
from wardline.registry.steps.add_person import add_person, set_password
from wardline.registry.steps.add_unit import add_unit
from wardline.registry.steps.deactivate_person import (
    deactivate_person,
    reactivate_person,
)
from wardline.registry.steps.issue_token import issue_token
from wardline.registry.steps.set_access import set_access


@pytest.mark.parametrize(
    "step",
    [
        lambda actor, other: add_person(actor, email="a@mgh.harvard.edu", name="A"),
        set_password,
        lambda actor, other: set_access(
            actor, other, roles=frozenset(), memberships=frozenset()
        ),
        deactivate_person,
        reactivate_person,
        lambda actor, other: add_unit(actor, name="Neurology"),
    ],
    ids=["add", "password", "access", "deactivate", "reactivate", "unit"],
)
def test_only_the_administrator_may(
    step: Callable[..., object], registrar: Person, author: Person
) -> None:
    with pytest.raises(DeniedError, match="Administrator"):
        step(registrar.actor, author)
    assert not Entry.objects.exists()


def test_a_person_is_added_with_a_fresh_password(administrator: Person) -> None:
    added, password = add_person(
        administrator.actor, email="New@mgh.harvard.edu", name="New"
    )
    assert authenticate(username="new@mgh.harvard.edu", password=password) == added
    entry = Entry.objects.get()
    assert entry.action == "person.add"
    assert password not in str(entry.detail)


def test_a_password_given_by_hand_must_be_strong(administrator: Person) -> None:
    with pytest.raises(RegistryError, match="at least 12"):
        add_person(
            administrator.actor, email="n@mgh.harvard.edu", name="N", password="short"
        )
    assert not Person.objects.filter(name="N").exists()


def test_one_address_signs_in_once(administrator: Person, author: Person) -> None:
    with pytest.raises(RegistryError, match="already"):
        add_person(administrator.actor, email=author.email.upper(), name="Twin")


def test_a_new_password_replaces_the_old_one(
    administrator: Person, author: Person
) -> None:
    password = set_password(administrator.actor, author)
    assert authenticate(username=author.email, password=password) == author
    assert Entry.objects.get().action == "person.password"


def test_access_is_replaced_and_the_difference_recorded(
    administrator: Person, author: Person, cardiology: Unit
) -> None:
    set_access(
        administrator.actor,
        author,
        roles=frozenset({"privacy"}),
        memberships=frozenset({(cardiology.pk, "moderator")}),
    )
    actor = Person.objects.get(pk=author.pk).actor
    assert actor.has("privacy")
    assert actor.units == {cardiology.pk: frozenset({"moderator"})}
    assert Entry.objects.get().detail == {
        "granted": [f"moderator of unit {cardiology.pk}", "privacy"],
        "taken": [f"author of unit {cardiology.pk}"],
    }


def test_administrators_do_not_lock_themselves_out(administrator: Person) -> None:
    nothing: frozenset[str] = frozenset()
    with pytest.raises(RegistryError, match="yourself"):
        set_access(
            administrator.actor, administrator, roles=nothing, memberships=frozenset()
        )
    with pytest.raises(RegistryError, match="your own"):
        deactivate_person(administrator.actor, administrator)


def test_who_leaves_signs_in_no_more_until_they_return(
    administrator: Person, author: Person
) -> None:
    password = set_password(administrator.actor, author)
    deactivate_person(administrator.actor, author)
    assert authenticate(username=author.email, password=password) is None
    reactivate_person(administrator.actor, author)
    assert authenticate(username=author.email, password=password) == author
    actions = list(Entry.objects.values_list("action", flat=True))
    assert actions == ["person.password", "person.deactivate", "person.reactivate"]


def test_a_unit_gets_an_address_from_its_name(administrator: Person) -> None:
    assert add_unit(administrator.actor, name="Heart & Lung").slug == "heart-lung"


@pytest.mark.parametrize(
    ("name", "told"), [("Cardiology", "already"), ("…", "letters")]
)
def test_a_unit_needs_a_name_of_its_own(
    administrator: Person, cardiology: Unit, name: str, told: str
) -> None:
    with pytest.raises(RegistryError, match=told):
        add_unit(administrator.actor, name=name)


def test_another_password_ends_the_tokens_made_with_the_old_one(
    administrator: Person, author: Person
) -> None:
    _row, token = issue_token(
        author.actor, name="Badge", scopes=["registry:read"], lasts=timedelta(days=1)
    )
    assert owned_by(token)
    set_password(administrator.actor, author)
    assert owned_by(token) is None
    assert Entry.objects.filter(action="token.revoke").exists()
