"""Check-out, reveal and return: by whom, for how long, once, and always on record."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from tests.cast import person
from wardline.audit.models import Entry
from wardline.people.access import Actor, DeniedError
from wardline.people.models import Person
from wardline.registry import vault
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Checkout
from wardline.registry.steps.check_out import check_out
from wardline.registry.steps.return_checkout import return_checkout
from wardline.registry.steps.reveal import reveal

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = "hunter2-but-longer"
HOUR = timedelta(hours=1)

CheckOut = Callable[[Person], Checkout]


@pytest.fixture
def take(page_by_hand: Account, registrar: Person) -> CheckOut:
    """Check out the page's credentials, of which the password is stored."""
    vault.store(registrar.actor, page_by_hand, "password", PLAIN)

    def check_it_out(who: Person) -> Checkout:
        return check_out(who.actor, page_by_hand, reason="Photo of today", within=HOUR)

    return check_it_out


@pytest.mark.parametrize("who", ["outsider", "auditor", "clearer", "administrator"])
def test_who_does_not_hold_the_account_gets_nothing(
    page_by_hand: Account, request: pytest.FixtureRequest, who: str
) -> None:
    with pytest.raises(DeniedError):
        check_out(
            request.getfixturevalue(who).actor, page_by_hand, reason="R", within=HOUR
        )
    assert not Checkout.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["author", "moderator", "colleague", "registrar"])
def test_who_holds_the_account_checks_it_out(
    take: CheckOut, request: pytest.FixtureRequest, who: str
) -> None:
    checkout = take(request.getfixturevalue(who))
    assert checkout.until == checkout.made_at + HOUR
    assert Entry.objects.filter(action="checkout.make").count() == 1


def test_a_moderator_who_is_not_its_deputy_does_not(page_by_hand: Account) -> None:
    other = person("Mona Derator", unit=page_by_hand.unit, role="moderator")
    with pytest.raises(DeniedError, match="owner, deputy and authors"):
        check_out(other.actor, page_by_hand, reason="R", within=HOUR)


@pytest.mark.parametrize(
    ("reason", "minutes"), [(" ", 60), ("R", 14), ("R", 8 * 60 + 1)]
)
def test_it_takes_a_reason_and_a_time_limit(
    page_by_hand: Account, author: Person, reason: str, minutes: int
) -> None:
    within = timedelta(minutes=minutes)
    with pytest.raises(RegistryError):
        check_out(author.actor, page_by_hand, reason=reason, within=within)


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.steps.reveal")
def test_each_value_is_seen_once_and_that_is_on_record(
    take: CheckOut, author: Person
) -> None:
    checkout = take(author)
    assert reveal(author.actor, checkout, "password") == PLAIN
    with pytest.raises(RegistryError, match="check it out again"):
        reveal(author.actor, checkout, "password")
    entry = Entry.objects.get(action="vault.reveal")
    assert entry.detail == {
        "fields": ["password"],
        "purpose": f"check-out {checkout.pk}: Photo of today",
    }
    assert PLAIN not in str(list(Entry.objects.values()))


def test_nobody_looks_with_somebody_elses_checkout(
    take: CheckOut, author: Person, registrar: Person
) -> None:
    with pytest.raises(DeniedError, match="Check it out yourself"):
        reveal(registrar.actor, take(author), "password")


def test_who_lost_the_unit_looks_no_more(take: CheckOut, author: Person) -> None:
    checkout = take(author)
    stranger = Actor(author.pk, author.name)
    with pytest.raises(DeniedError):
        reveal(stranger, checkout, "password")


def test_after_its_time_it_shows_nothing(take: CheckOut, author: Person) -> None:
    checkout = take(author)
    with (
        time_machine.travel(timezone.now() + HOUR),
        pytest.raises(RegistryError, match="over"),
    ):
        reveal(author.actor, checkout, "password")
    assert not Entry.objects.filter(action="vault.reveal").exists()


def test_what_was_returned_shows_nothing(take: CheckOut, author: Person) -> None:
    checkout = take(author)
    return_checkout(author.actor, checkout)
    return_checkout(author.actor, checkout)
    with pytest.raises(RegistryError, match="over"):
        reveal(author.actor, checkout, "password")
    assert Entry.objects.filter(action="checkout.return").count() == 1


def test_the_registrar_may_end_it_and_others_may_not(
    take: CheckOut, author: Person, colleague: Person, registrar: Person
) -> None:
    checkout = take(author)
    with pytest.raises(DeniedError):
        return_checkout(colleague.actor, checkout)
    return_checkout(registrar.actor, checkout)
    assert checkout.returned_at


def test_a_field_that_is_not_stored_costs_no_look(
    take: CheckOut, author: Person
) -> None:
    checkout = take(author)
    with pytest.raises(RegistryError, match="no mfa-seed is stored"):
        reveal(author.actor, checkout, "mfa-seed")
    assert checkout.revealed == {}


def test_nothing_is_opened_in_a_transaction_that_could_undo_the_entry(
    take: CheckOut, author: Person
) -> None:
    checkout = take(author)
    with pytest.raises(RuntimeError), transaction.atomic():
        reveal(author.actor, checkout, "password")
