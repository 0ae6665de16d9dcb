"""A password of an account is strong, known to nobody, and used nowhere else."""

import hashlib
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tests.cast import PASSWORD
from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.registry import passwords
from wardline.registry.breached import is_breached
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Secret
from wardline.registry.steps.store_credential import keep, store_credential

STRONG = "Wq7-ridge.lantern+48"


def sha1(word: str) -> str:
    """As lists of breached passwords have it."""
    return hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def breached(tmp_path: Path) -> Path:
    """A list of 500 passwords, with counts of different lengths as they come."""
    file = tmp_path / "breached.txt"
    words = [f"word {number}" for number in range(500)]
    codes = sorted(sha1(word) for word in words)
    lines = [f"{code}:{10 ** (place % 7)}" for place, code in enumerate(codes)]
    file.write_text("\r\n".join(lines))
    return file


@pytest.mark.clause("OFFICIAL-04", by="wardline.registry.steps.store_credential")
def test_a_strong_password_of_its_own_is_kept(blog: Account, author: Person) -> None:
    keep(author.actor, blog, "password", STRONG)
    assert blog.secrets.get().blind_index


def test_who_does_not_hold_the_account_stores_nothing(
    blog: Account, outsider: Person, auditor: Person
) -> None:
    for who in (outsider, auditor):
        with pytest.raises(DeniedError):
            keep(who.actor, blog, "password", STRONG)


@pytest.mark.parametrize(("field", "value"), [("username", "x"), ("password", " ")])
def test_only_what_is_the_holders_is_kept(
    blog: Account, author: Person, field: str, value: str
) -> None:
    with pytest.raises(RegistryError, match="Say what it is"):
        keep(author.actor, blog, field, value)


@pytest.mark.clause("OFFICIAL-04", by="wardline.registry.vault.blind_index")
def test_a_password_of_another_account_is_refused_and_the_account_named(
    blog: Account, page_by_hand: Account, author: Person
) -> None:
    keep(author.actor, blog, "password", STRONG)
    with pytest.raises(RegistryError, match="used by Cardiology blog already"):
        keep(author.actor, page_by_hand, "password", STRONG)
    assert Secret.objects.count() == 1


def test_who_may_not_read_the_other_account_does_not_learn_which(
    blog: Account, page_by_hand: Account, author: Person, outsider: Person
) -> None:
    page_by_hand.unit = outsider.memberships.get().unit
    page_by_hand.save()
    keep(author.actor, blog, "password", STRONG)
    with pytest.raises(RegistryError, match="used elsewhere already"):
        keep(outsider.actor, page_by_hand, "password", STRONG)


def test_what_wardline_signs_in_with_counts_too(
    blog: Account, page_by_hand: Account, author: Person, registrar: Person
) -> None:
    store_credential(registrar.actor, blog, username="w", secret=STRONG)
    with pytest.raises(RegistryError, match="already"):
        keep(author.actor, page_by_hand, "password", STRONG)


def test_the_same_letters_written_otherwise_are_the_same_password(
    blog: Account, page_by_hand: Account, author: Person
) -> None:
    keep(author.actor, blog, "password", "caf\u00e9-ridge-lantern-48")
    with pytest.raises(RegistryError, match="already"):
        keep(author.actor, page_by_hand, "password", "cafe\u0301-ridge-lantern-48")


@pytest.mark.parametrize(
    "weak",
    [
        "password123",
        "Cardiology blog",
        "Massachusetts General",
        "cardiology@massgeneral.org",
        "a" * 500,
    ],
)
def test_what_is_soon_guessed_is_refused(
    blog: Account, author: Person, weak: str
) -> None:
    with pytest.raises(RegistryError, match="Take a longer one"):
        keep(author.actor, blog, "password", weak)


def test_a_long_one_is_judged_by_its_beginning(blog: Account, author: Person) -> None:
    keep(author.actor, blog, "password", STRONG * 40)
    assert blog.secrets.filter(field="password").exists()


def test_the_persons_own_password_is_refused(blog: Account, author: Person) -> None:
    with pytest.raises(RegistryError, match="your own"):
        keep(author.actor, blog, "password", PASSWORD)


@pytest.mark.clause("OFFICIAL-04", by="wardline.registry.breached")
def test_every_breached_password_is_found_and_no_other(breached: Path) -> None:
    assert all(is_breached(f"word {number}", breached) for number in range(500))
    assert not any(
        is_breached(f"word {number}", breached) for number in range(500, 999)
    )


def test_an_empty_list_knows_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert not is_breached("word 1", tmp_path / "empty")


def test_a_breached_password_is_refused(
    blog: Account, author: Person, tmp_path: Path, settings: Settings
) -> None:
    settings.BREACHED_PASSWORDS = tmp_path / "list"
    code = sha1(STRONG)
    settings.BREACHED_PASSWORDS.write_text(f"{code}:1\n")
    with pytest.raises(RegistryError, match="breach"):
        keep(author.actor, blog, "password", STRONG)


@pytest.mark.django_db
def test_made_passwords_differ_and_are_strong(blog: Account) -> None:
    made = {passwords.generate() for _ in range(50)}
    assert len(made) == 50
    assert not any(passwords.weakness(each, blog) for each in sorted(made)[:5])
    assert all(len(each) == passwords.LENGTH for each in made)


def test_a_stolen_database_does_not_tell_a_guess_from_another(
    blog: Account, author: Person
) -> None:
    keep(author.actor, blog, "password", STRONG)
    index = blog.secrets.get().blind_index
    plain = STRONG.encode()
    guesses = {hashlib.new(kind, plain).hexdigest() for kind in ("sha1", "sha256")}
    assert index not in guesses
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_secret")
        assert STRONG not in str(cursor.fetchall())


def test_a_guess_at_another_accounts_password_is_on_record(
    blog: Account, page_by_hand: Account, author: Person, registrar: Person
) -> None:
    keep(author.actor, blog, "password", STRONG)
    with pytest.raises(RegistryError, match="already"):
        keep(author.actor, page_by_hand, "password", STRONG)
    with pytest.raises(RegistryError, match="already"):
        store_credential(registrar.actor, page_by_hand, username="w", secret=STRONG)
    guesses = Entry.objects.filter(
        action="vault.reused", target=f"account:{page_by_hand.pk}"
    )
    assert {entry.actor_id for entry in guesses} == {author.pk, registrar.pk}
    assert not page_by_hand.secrets.exists()
