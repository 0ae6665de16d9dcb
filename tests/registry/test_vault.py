"""Custody: sealed in its place, audited before use, unreadable anywhere else."""

import base64
import os

import pytest
from django.db import connection
from pytest_django import Settings

from wardline.audit.models import Entry
from wardline.people.models import Person
from wardline.registry import vault
from wardline.registry.models import Account, Secret

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = "hunter2-but-longer"


def use(account: Account, person: Person) -> str:
    return vault.use(person.actor, account, "secret", purpose="test")[0]


def test_nothing_stored_says_who_to_ask(blog: Account, author: Person) -> None:
    with pytest.raises(vault.NoCredentialError, match="registrar"):
        use(blog, author)
    assert not Entry.objects.exists()


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.vault.custody")
def test_what_was_stored_comes_back_and_every_use_is_on_record(
    blog: Account, author: Person
) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    assert use(blog, author) == PLAIN
    assert [entry.action for entry in Entry.objects.all()] == [
        "vault.store",
        "vault.use",
    ]


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.vault.envelope")
def test_no_table_holds_the_plain_text(blog: Account, author: Person) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    forms = {
        PLAIN.encode(),
        base64.b64encode(PLAIN.encode()),
        PLAIN.encode().hex().encode(),
    }
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            stored = repr(cursor.fetchall()).encode()
            assert not any(form in stored for form in forms), table


def test_a_ciphertext_moved_to_another_account_is_refused(
    blog: Account, page_by_hand: Account, author: Person
) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    Secret.objects.update(account=page_by_hand)
    with pytest.raises(vault.UnreadableError, match="copied from another account"):
        use(page_by_hand, author)


def test_an_old_ciphertext_put_back_is_refused(blog: Account, author: Person) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    old = Secret.objects.values("wrapped_key", "sealed").get()
    vault.store(author.actor, blog, "secret", "the new one")
    Secret.objects.update(**old)
    with pytest.raises(vault.UnreadableError):
        use(blog, author)


def test_another_key_says_which_one_is_missing(
    blog: Account, author: Person, settings: Settings
) -> None:
    vault.store(author.actor, blog, "secret", PLAIN)
    settings.VAULT_KEY = base64.b64encode(os.urandom(32)).decode()
    with pytest.raises(vault.UnreadableError, match="Restore the old key"):
        use(blog, author)
