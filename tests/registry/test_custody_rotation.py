"""Credentials are changed on schedule, after a leaver saw them, and after a break-in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.cast import person
from wardline.people.models import Membership, Person, Unit
from wardline.people.roles import UnitRole
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Task
from wardline.registry.particulars import restored
from wardline.registry.rotation import EVERY, due_fields, seen_since_change
from wardline.registry.steps.check_out import check_out
from wardline.registry.steps.deactivate_person import (
    deactivate_person,
    reactivate_person,
)
from wardline.registry.steps.register_account import change_account
from wardline.registry.steps.report_compromised import report_compromised
from wardline.registry.steps.restore_account import restore_account
from wardline.registry.steps.reveal import reveal
from wardline.registry.steps.rotation import ask_for_rotation
from wardline.registry.steps.set_access import set_access
from wardline.registry.steps.store_credential import keep, store_credential
from wardline.registry.steps.tasks import close_task
from wardline.web.account_facts import kept_of
from wardline.worker.jobs import rotation as job
from wardline.worker.pace import Pace

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "Wq7-ridge.lantern+48", "Zx4_harvest.cobalt=29"


@pytest.fixture
def page(page_by_hand: Account, author: Person) -> Account:
    """Cardiology's page, its password and recovery codes in custody."""
    keep(author.actor, page_by_hand, "password", OLD)
    keep(author.actor, page_by_hand, "recovery-codes", "1111 2222 3333")
    return page_by_hand


@pytest.fixture
def look(page: Account) -> Callable[[Person, str], None]:
    """Somebody sees a credential of the page."""

    def see(who: Person, field: str) -> None:
        within = timedelta(hours=1)
        checkout = check_out(who.actor, page, reason="To post", within=within)
        reveal(who.actor, checkout, field)

    return see


def asked(account: Account) -> list[str]:
    """What the open tasks say."""
    tasks = Task.objects.filter(account=account, kind="rotate", state="open")
    return list(tasks.values_list("what", flat=True))


def test_of_a_fresh_password_nothing_is_asked(page: Account) -> None:
    ask_for_rotation(page)
    assert due_fields(page) == {}
    assert not asked(page)


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.rotation")
def test_a_password_is_changed_every_180_days(page: Account, author: Person) -> None:
    with time_machine.travel(timezone.now() + EVERY + timedelta(minutes=1)):
        job.PACE = Pace(3600)
        assert job.run() is False
        assert job.run() is False
        (what,) = asked(page)
        assert what.startswith("Change the password at the channel and store it here")
        keep(author.actor, page, "password", NEW)
        assert not asked(page)


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.steps.rotation")
def test_what_a_leaver_saw_is_changed(
    page: Account,
    look: Callable[[Person, str], None],
    colleague: Person,
    author: Person,
    administrator: Person,
) -> None:
    look(colleague, "password")
    deactivate_person(administrator.actor, colleague)
    (what,) = asked(page)
    assert "Cole League saw it" in what
    assert due_fields(page).keys() == {"password"}
    keep(author.actor, page, "password", NEW)
    assert not asked(page)


def test_what_was_seen_before_it_changed_is_left(
    page: Account,
    look: Callable[[Person, str], None],
    colleague: Person,
    author: Person,
    administrator: Person,
) -> None:
    look(colleague, "password")
    keep(author.actor, page, "password", NEW)
    deactivate_person(administrator.actor, colleague)
    assert not asked(page)
    assert not list(seen_since_change(page.secrets.get(field="password")))


def test_who_saw_it_and_loses_the_unit_is_a_leaver_too(
    page: Account,
    look: Callable[[Person, str], None],
    colleague: Person,
    administrator: Person,
) -> None:
    look(colleague, "recovery-codes")
    nothing: frozenset[tuple[int, str]] = frozenset()
    set_access(administrator.actor, colleague, roles=frozenset(), memberships=nothing)
    assert not Membership.objects.filter(person=colleague).exists()
    assert "recovery codes" in asked(page)[0]


def test_a_leaver_who_only_checked_it_out_saw_nothing(
    page: Account, colleague: Person, administrator: Person
) -> None:
    check_out(colleague.actor, page, reason="To post", within=timedelta(hours=1))
    deactivate_person(administrator.actor, colleague)
    reactivate_person(administrator.actor, colleague)
    assert not asked(page)


def test_storing_the_old_password_again_changes_nothing(
    page: Account, author: Person
) -> None:
    report_compromised(author.actor, page, "A post that nobody wrote")
    with pytest.raises(RegistryError, match="stored already"):
        keep(author.actor, page, "password", OLD)
    assert asked(page)


def test_the_task_is_not_closed_by_saying_so(page: Account, author: Person) -> None:
    report_compromised(author.actor, page, "A post that nobody wrote")
    with pytest.raises(RegistryError, match="Store the new ones"):
        close_task(author.actor, Task.objects.get(account=page, kind="rotate"))
    assert asked(page)


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.steps.report_compromised")
def test_after_a_break_in_everything_is_changed_before_it_is_used_again(
    page: Account, author: Person, registrar: Person
) -> None:
    store_credential(registrar.actor, page, username="heart", secret="made there")
    report_compromised(author.actor, page, "A post that nobody wrote")
    assert due_fields(page).keys() == {"password", "secret", "recovery-codes"}
    keep(author.actor, page, "password", NEW)
    keep(author.actor, page, "recovery-codes", "4444 5555 6666")
    with pytest.raises(RegistryError, match="still the old one"):
        restore_account(registrar.actor, page)
    store_credential(registrar.actor, page, username="heart", secret="made anew")
    restore_account(registrar.actor, page)
    assert page.state == "active"


def test_who_saw_it_and_is_left_behind_by_a_move_to_another_unit_is_a_leaver(
    page: Account,
    look: Callable[[Person, str], None],
    colleague: Person,
    registrar: Person,
    oncology: Unit,
    outsider: Person,
) -> None:
    look(colleague, "password")
    theirs = person("Deb Uty", unit=oncology, role=UnitRole.MODERATOR)
    moved = replace(
        restored(dict(kept_of(page))), unit=oncology, owner=outsider, deputy=theirs
    )
    change_account(registrar.actor, page, moved)
    assert "password" in asked(page)[0]
