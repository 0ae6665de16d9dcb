"""From a request to an account in use, and changes that somebody reviews."""

from dataclasses import replace

import pytest

from wardline.audit.states import StaleStateError
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, LookAlike, Version
from wardline.registry.particulars import Particulars
from wardline.registry.steps.propose_change import propose_change, take_back
from wardline.registry.steps.register_account import register_account
from wardline.registry.steps.report_compromised import report_compromised
from wardline.registry.steps.request_account import request_account
from wardline.registry.steps.review_version import (
    approve_version,
    consent_to_fundraising,
    return_version,
)


def test_an_outsider_cannot_ask_for_an_account(
    particulars: Particulars, outsider: Person
) -> None:
    with pytest.raises(DeniedError):
        request_account(outsider.actor, particulars)


def test_a_request_becomes_an_account_when_the_registrar_approves(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    version = request_account(author.actor, particulars)
    assert Account.objects.get().state == "requested"
    with pytest.raises(DeniedError):
        approve_version(author.actor, version)
    approve_version(registrar.actor, version)
    account = Account.objects.get()
    assert (account.state, account.certified_at is None) == ("active", False)


def test_a_change_is_not_on_record_before_it_is_approved(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    account = register_account(registrar.actor, particulars)
    other = replace(particulars, name="Heart news")
    version = propose_change(author.actor, account, other, "We renamed it")
    assert Account.objects.get().name == "Heart notes"
    approve_version(registrar.actor, version)
    assert Account.objects.get().name == "Heart news"
    assert version.number == 2


def test_one_change_waits_at_a_time_and_can_be_taken_back(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    account = register_account(registrar.actor, particulars)
    first = propose_change(author.actor, account, replace(particulars, name="A"))
    with pytest.raises(RegistryError, match="waits for the registrar"):
        propose_change(author.actor, account, replace(particulars, name="B"))
    take_back(author.actor, first)
    propose_change(author.actor, account, replace(particulars, name="B"))


def test_a_returned_version_says_what_has_to_change(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    version = request_account(author.actor, particulars)
    read_before = Version.objects.get()
    with pytest.raises(RegistryError, match="what has to change"):
        return_version(registrar.actor, version, " ")
    return_version(registrar.actor, version, "Use the unit's own address")
    version.refresh_from_db()
    assert (version.state, version.reason) == ("returned", "Use the unit's own address")
    with pytest.raises(StaleStateError):
        approve_version(registrar.actor, read_before)


def test_an_account_that_asks_for_donations_needs_the_development_office(
    particulars: Particulars, author: Person, registrar: Person, developer: Person
) -> None:
    version = request_account(author.actor, replace(particulars, fundraising=True))
    with pytest.raises(RegistryError, match="Development Office has to consent"):
        approve_version(registrar.actor, version)
    with pytest.raises(DeniedError):
        consent_to_fundraising(registrar.actor, version)
    consent_to_fundraising(developer.actor, version)
    approve_version(registrar.actor, version)
    assert Account.objects.get().state == "active"


def test_consent_is_asked_for_once(
    particulars: Particulars, registrar: Person, developer: Person
) -> None:
    giving = replace(particulars, fundraising=True)
    account = register_account(registrar.actor, giving)
    assert account.state == "requested"
    version = account.versions.get()
    consent_to_fundraising(developer.actor, version)
    approve_version(registrar.actor, version)
    account.refresh_from_db()
    renamed = propose_change(registrar.actor, account, replace(giving, name="Gifts"))
    approve_version(registrar.actor, renamed)
    assert Account.objects.get().name == "Gifts"


def test_an_address_that_was_taken_meanwhile_is_refused(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    account = register_account(registrar.actor, particulars)
    elsewhere = replace(particulars, url="https://example.org/heart")
    version = propose_change(author.actor, account, elsewhere)
    register_account(registrar.actor, replace(elsewhere, name="Other"))
    with pytest.raises(RegistryError, match="on record already"):
        approve_version(registrar.actor, version)
    assert Account.objects.get(pk=account.pk).url == particulars.url


def test_an_approval_undoes_no_report_made_meanwhile(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    account = register_account(registrar.actor, particulars)
    version = propose_change(author.actor, account, replace(particulars, name="B"))
    report_compromised(author.actor, Account.objects.get(), "Strange posts")
    approve_version(registrar.actor, version)
    changed = Account.objects.get()
    assert (changed.name, changed.state) == ("B", "compromised")


def test_no_impostor_on_record_becomes_official(
    particulars: Particulars, author: Person, registrar: Person
) -> None:
    ours = register_account(
        registrar.actor, replace(particulars, url="https://a.org/b")
    )
    LookAlike.objects.create(
        account=ours, url=particulars.url, why="Money", state="known-impostor"
    )
    version = request_account(author.actor, particulars)
    with pytest.raises(RegistryError, match="on record as an impostor's"):
        approve_version(registrar.actor, version)


@pytest.mark.parametrize("before", ["x.com@", "user:hunter2@", "@"])
def test_an_address_with_a_name_before_its_host_is_refused(
    particulars: Particulars, author: Person, before: str
) -> None:
    odd = replace(particulars, url=f"https://{before}evil.example/heart")
    with pytest.raises(RegistryError, match="before the @") as refusal:
        request_account(author.actor, odd)
    assert "hunter2" not in str(refusal.value)


def test_consent_comes_too_late_for_a_version_that_was_returned_meanwhile(
    particulars: Particulars, author: Person, registrar: Person, developer: Person
) -> None:
    version = request_account(author.actor, replace(particulars, fundraising=True))
    return_version(registrar.actor, Version.objects.get(), "Say what for")
    with pytest.raises(StaleStateError):
        consent_to_fundraising(developer.actor, version)
    assert Version.objects.get().consent_by is None


@pytest.mark.parametrize("start", ["", "//", "https:"])
def test_an_address_on_record_is_whole_so_that_pages_can_link_it(
    particulars: Particulars, author: Person, start: str
) -> None:
    part = replace(particulars, url=f"{start}heart.example/news")
    with pytest.raises(RegistryError, match="https://"):
        request_account(author.actor, part)
