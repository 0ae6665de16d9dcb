"""Certified, compromised, orphaned, retired."""

from datetime import timedelta

import pytest

from wardline.audit.models import Entry
from wardline.audit.states import GraphError
from wardline.people.access import DeniedError
from wardline.people.models import Membership, Person
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Task
from wardline.registry.orphans import orphaned
from wardline.registry.particulars import Particulars
from wardline.registry.steps.certify import EVERY, certify, due
from wardline.registry.steps.deactivate_person import deactivate_person
from wardline.registry.steps.register_account import register_account
from wardline.registry.steps.report_compromised import report_compromised
from wardline.registry.steps.restore_account import restore_account
from wardline.registry.steps.retire_account import retire_account
from wardline.registry.steps.step_in import step_in
from wardline.registry.steps.tasks import close_task, open_task


@pytest.fixture
def account(particulars: Particulars, registrar: Person) -> Account:
    return register_account(registrar.actor, particulars)


def test_the_owner_certifies_in_one_step(account: Account, author: Person) -> None:
    Account.objects.update(certified_at=account.registered_at - EVERY)
    account.refresh_from_db()
    certify(author.actor, account)
    assert due(account) > account.registered_at + EVERY - timedelta(minutes=5)  # type: ignore[operator]
    assert Entry.objects.filter(action="account.certify").exists()


def test_others_do_not_certify(account: Account, outsider: Person) -> None:
    with pytest.raises(DeniedError, match="owner or deputy"):
        certify(outsider.actor, account)


def test_what_was_due_for_review_is_active_again_once_certified(
    account: Account, moderator: Person
) -> None:
    Account.objects.update(state="due-for-review")
    account.refresh_from_db()
    open_task(moderator.actor, account, "certify", "Certify it")
    certify(moderator.actor, account)
    assert (account.state, Task.objects.get().state) == ("active", "done")


def test_anyone_of_the_unit_reports_it_compromised(
    account: Account, moderator: Person, registrar: Person
) -> None:
    report_compromised(moderator.actor, account, "strange posts")
    assert account.state == "compromised"
    task = Task.objects.get(kind="rotate")
    with pytest.raises(RegistryError, match="still the old one"):
        restore_account(registrar.actor, account)
    close_task(moderator.actor, task)
    restore_account(registrar.actor, account)
    assert Account.objects.get().state == "active"


def test_a_stranger_cannot_stop_an_account(account: Account, outsider: Person) -> None:
    with pytest.raises(DeniedError):
        report_compromised(outsider.actor, account, "")


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.orphans")
def test_an_account_is_orphaned_when_its_owner_leaves(
    account: Account, author: Person, administrator: Person
) -> None:
    assert not orphaned().exists()
    deactivate_person(administrator.actor, author)
    assert orphaned().get() == account
    assert account.tasks.get().kind == account.notices.get().kind == "orphaned"


def test_leaving_the_unit_orphans_as_well(account: Account, author: Person) -> None:
    Membership.objects.filter(person=author).delete()
    assert orphaned().get() == account


def test_the_deputy_steps_in_for_an_owner_who_left(
    account: Account, author: Person, moderator: Person, administrator: Person
) -> None:
    with pytest.raises(RegistryError, match="still owns"):
        step_in(moderator.actor, account)
    deactivate_person(administrator.actor, author)
    with pytest.raises(DeniedError):
        step_in(author.actor, account)
    step_in(moderator.actor, account)
    assert Account.objects.get().owner == moderator
    assert not orphaned().exists()


def test_a_retired_account_stays_retired_and_its_tasks_are_dropped(
    account: Account, registrar: Person
) -> None:
    open_task(registrar.actor, account, "fix-about", "Mend the links")
    with pytest.raises(RegistryError, match="Say why"):
        retire_account(registrar.actor, account, "")
    retire_account(registrar.actor, account, "The clinic closed")
    assert Task.objects.get().state == "dropped"
    with pytest.raises(GraphError):
        report_compromised(registrar.actor, account, "late")
