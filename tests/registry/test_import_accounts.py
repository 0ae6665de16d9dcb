"""Entering a list: all of it in review, once, in one entry of the chain."""

import json
from dataclasses import replace

import pytest

from wardline.audit import chain
from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.registry.errors import RegistryError
from wardline.registry.exporting import export, harmless
from wardline.registry.importing import Options, Plan, plan
from wardline.registry.models import Account, Version
from wardline.registry.readable import readable
from wardline.registry.schema import COLUMNS, AccountIn
from wardline.registry.steps.import_accounts import import_accounts
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.review_version import approve_version, return_version

LIST = b"unit,platform,handle\nCardiology,x,mgh\nNeurology,youtube,mgh\n"


def planned(content: bytes = LIST) -> Plan:
    return plan("list.csv", content, Options(create_units=True))


def test_only_a_registrar_imports(cardiology: Unit, author: Person) -> None:
    with pytest.raises(DeniedError):
        import_accounts(author.actor, planned())
    assert not Account.objects.exists()


def test_every_row_waits_for_review_and_one_entry_tells_of_the_file(
    cardiology: Unit, registrar: Person
) -> None:
    accounts = import_accounts(registrar.actor, planned())
    assert {account.state for account in Account.objects.all()} == {"requested"}
    assert Version.objects.filter(state="proposed").count() == 2
    assert Unit.objects.filter(slug="neurology").exists()
    entry = Entry.objects.get(action="account.import")
    assert entry.detail["accounts"] == [account.pk for account in accounts]
    assert entry.detail["sha256"] == planned().digest
    assert list(chain.verify()) == []


def test_a_second_time_nothing_is_entered(cardiology: Unit, registrar: Person) -> None:
    import_accounts(registrar.actor, planned())
    with pytest.raises(RegistryError, match="Nothing in this file is new"):
        import_accounts(registrar.actor, planned())
    assert Account.objects.count() == 2


def test_two_at_once_enter_it_once(cardiology: Unit, registrar: Person) -> None:
    one, other = planned(), planned()
    import_accounts(registrar.actor, one)
    with pytest.raises(RegistryError, match="a moment ago"):
        import_accounts(registrar.actor, other)
    assert (Account.objects.count(), Entry.objects.count()) == (2, 2)


@pytest.mark.clause(
    "OFFICIAL-01", "OFFICIAL-02", by="wardline.registry.steps.import_accounts"
)
def test_an_incomplete_row_is_approved_when_it_was_mended(
    cardiology: Unit, registrar: Person, author: Person, moderator: Person
) -> None:
    found = planned(b"unit,platform,handle\nCardiology,x,mgh\n")
    (account,) = import_accounts(registrar.actor, found)
    version = account.versions.get()
    with pytest.raises(RegistryError, match="Name an owner and a deputy"):
        approve_version(registrar.actor, version)
    return_version(registrar.actor, version, "Name an owner and a deputy")
    (particulars,) = found.particulars
    whole = replace(
        particulars,
        owner=author,
        deputy=moderator,
        official_email="heart@mgh.harvard.edu",
    )
    approve_version(registrar.actor, propose_change(author.actor, account, whole))
    assert Account.objects.get().state == "active"


def test_what_goes_out_comes_in_again(
    blog: Account, registrar: Person, author: Person
) -> None:
    Account.objects.update(
        tags=["flu", "heart"], notes="=HYPERLINK()", description="@a"
    )
    rows = readable(registrar.actor)
    for kind in ("csv", "xlsx", "json"):
        content = export(kind, rows, registrar.actor)
        again = plan(f"a.{kind}", content, Options())
        assert [one.result for one in again.outcomes] == ["duplicate"]
    name = json.loads(export("json", rows, registrar.actor))["accounts"][0]
    assert tuple(name) == COLUMNS
    Account.objects.all().delete()
    (found,) = plan(
        "a.xlsx", export("xlsx", [blog], registrar.actor), Options()
    ).outcomes
    assert found.particulars
    assert found.particulars.owner == author
    assert AccountIn.model_fields.keys() <= set(COLUMNS)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_goes_out_as_words(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("https://x.com") == "https://x.com"


def test_notes_go_out_to_who_may_read_them(
    blog: Account, author: Person, registrar: Person
) -> None:
    Account.objects.update(notes="Watch this one")
    for who, told in ((author, False), (registrar, True)):
        content = export("csv", readable(who.actor), who.actor)
        assert (b"Watch this one" in content) == told
