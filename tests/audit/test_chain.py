"""The audit chain: whatever is altered is seen."""

import base64
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from tests.conftest import triggers
from wardline.audit import chain
from wardline.audit.models import Entry, Head
from wardline.audit.record import record
from wardline.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def five(author: Person) -> str:
    """Five entries; the head as it was exported then."""
    with transaction.atomic():
        for place in range(5):
            record(author.actor, "test.step", author, place=place)
    return str(Head.objects.get())


def tamper(statement: str) -> None:
    """Change the table as somebody with the database's own password could."""
    with connection.schema_editor() as editor:
        triggers.drop_triggers(apps, editor)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def reasons(exported_head: str = "") -> list[str]:
    return [problem.reason for problem in chain.verify(exported_head)]


def test_an_untouched_chain_verifies(five: str) -> None:
    assert not reasons(five)


def test_an_empty_chain_verifies(db: None) -> None:
    assert not reasons()


@pytest.mark.parametrize(
    "verb", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_refuses_to_change_an_entry(five: str, verb: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        ("UPDATE audit_entry SET actor_name = 'X' WHERE sequence = 3", "altered"),
        ("UPDATE audit_entry SET detail = '{}' WHERE sequence = 1", "altered"),
        ("DELETE FROM audit_entry WHERE sequence = 2", "missing"),
        ("DELETE FROM audit_entry WHERE sequence = 5", "head row"),
        ("UPDATE audit_entry SET sequence = 9 WHERE sequence = 4", "missing"),
    ],
)
def test_what_was_altered_is_seen(five: str, statement: str, seen: str) -> None:
    tamper(statement)
    assert any(seen in reason for reason in reasons())


def test_a_cut_tail_with_a_forged_head_is_seen_by_the_exported_head(five: str) -> None:
    tamper("DELETE FROM audit_entry WHERE sequence > 3")
    last = Entry.objects.get(sequence=3)
    Head.objects.update(sequence=3, mac=last.mac)
    assert not reasons()
    assert any("cut" in reason for reason in reasons(five))


def test_entries_made_with_another_key_are_seen(five: str, settings: Settings) -> None:
    settings.AUDIT_KEY = base64.b64encode(b"k" * 32).decode()
    assert any("another key" in reason for reason in reasons())


def test_a_head_that_is_none_is_refused(five: str) -> None:
    with pytest.raises(ValueError, match="audit head"):
        reasons("seven")


def test_an_entry_outside_its_change_s_transaction_is_refused(author: Person) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(author.actor, "test.step", author)


def test_a_change_that_fails_leaves_no_entry(author: Person) -> None:
    def fail() -> None:
        with transaction.atomic():
            record(author.actor, "test.step", author)
            raise LookupError

    check_no_entry_after(fail, LookupError)


def check_no_entry_after(step: Callable[[], None], error: type[Exception]) -> None:
    with pytest.raises(error):
        step()
    assert not Entry.objects.exists()
    assert not reasons()
