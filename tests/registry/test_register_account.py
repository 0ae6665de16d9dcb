"""Putting an official account on record."""

from dataclasses import replace

import pytest

from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.particulars import Particulars
from wardline.registry.steps.register_account import change_account, register_account
from wardline.registry.steps.request_account import request_account


def test_only_the_registrar_registers(particulars: Particulars, author: Person) -> None:
    with pytest.raises(DeniedError, match="Registrar"):
        register_account(author.actor, particulars)
    assert not Account.objects.exists()


def test_a_registered_account_is_active_and_on_record(
    particulars: Particulars, registrar: Person
) -> None:
    account = register_account(registrar.actor, particulars)
    assert account.state == "active"
    assert [entry.action for entry in Entry.objects.all()] == [
        *("account.request", "version.approved", "account.active"),
    ]


def test_an_address_is_registered_once_in_any_case(
    particulars: Particulars, registrar: Person
) -> None:
    register_account(registrar.actor, particulars)
    again = replace(particulars, url="http://www.HEART.massgeneral.org/?utm_source=x")
    with pytest.raises(RegistryError, match="on record already"):
        register_account(registrar.actor, again)


@pytest.mark.clause("OFFICIAL-02", by="wardline.registry.steps.register_account")
@pytest.mark.parametrize(
    "address",
    ["me@gmail.com", "heart@massgeneral.org.evil.example", "heart@rnassgeneral.org"],
)
def test_a_private_or_look_alike_address_is_refused(
    particulars: Particulars, registrar: Person, address: str
) -> None:
    with pytest.raises(RegistryError, match="official address"):
        register_account(registrar.actor, replace(particulars, official_email=address))


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.steps.register_account")
def test_owner_and_deputy_are_two_people_of_the_unit(
    particulars: Particulars, registrar: Person, outsider: Person
) -> None:
    with pytest.raises(RegistryError, match="two people"):
        register_account(
            registrar.actor, replace(particulars, deputy=particulars.owner)
        )
    with pytest.raises(RegistryError, match="does not belong"):
        register_account(registrar.actor, replace(particulars, deputy=outsider))


def test_a_change_names_what_changed(
    particulars: Particulars, registrar: Person
) -> None:
    account = register_account(registrar.actor, particulars)
    change_account(registrar.actor, account, replace(particulars, name="Heart news"))
    assert Account.objects.get().name == "Heart news"
    proposed = Entry.objects.get(action="account.propose")
    assert proposed.detail == {"changed": ["name"]}
    assert [version.number for version in account.versions.all()] == [2, 1]


def test_the_registrar_corrects_what_waits_instead_of_returning_it(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    version = request_account(author.actor, particulars)
    better = replace(particulars, name="Heart news")
    change_account(registrar.actor, version.account, better)
    version.refresh_from_db()
    assert version.state == "returned"
    account = Account.objects.get()
    assert (account.state, account.name) == ("active", "Heart news")
