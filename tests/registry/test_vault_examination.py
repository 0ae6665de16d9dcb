"""`wardline vault`: what opens, which keys are in use, and what is bad."""

import base64
import os
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings
from typer.testing import CliRunner, Result

from wardline.audit.models import Entry
from wardline.cli.vault import app
from wardline.people.models import Person
from wardline.registry import vault
from wardline.registry.models import Account, Secret
from wardline.registry.rotation import EVERY
from wardline.registry.vault.key_file import KeyFile

pytestmark = pytest.mark.django_db(transaction=True)
STRONG = "Wq7-ridge.lantern+48"


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Settings) -> KeyFile:
    """A key file of this test's own."""
    settings.VAULT_KEY_FILE = tmp_path / "vault.key"
    settings.VAULT_KEY_FILE.write_text(base64.b64encode(os.urandom(32)).decode())
    return KeyFile(settings.VAULT_KEY_FILE)


def run(command: str) -> Result:
    return CliRunner().invoke(app, [command])


def test_an_empty_vault_is_well(db: None) -> None:
    done = run("doctor")
    assert (done.exit_code, done.stdout) == (0, "0 credentials, 0 problems.\n")


def test_a_good_vault_is_well_and_shows_nothing(blog: Account, author: Person) -> None:
    vault.store(author.actor, blog, "password", STRONG)
    done = run("doctor")
    assert done.exit_code == 0, done.stdout
    assert "1 credentials, in use" in done.stdout
    assert STRONG not in done.stdout
    assert Entry.objects.filter(action="vault.examine").count() == 1


def test_what_is_weak_reused_old_or_spoilt_is_named(
    blog: Account, page_by_hand: Account, author: Person
) -> None:
    vault.store(author.actor, blog, "password", "password123")
    vault.store(author.actor, page_by_hand, "secret", STRONG)
    vault.store(author.actor, page_by_hand, "mfa-seed", "SEED")
    Secret.objects.filter(field="secret").update(blind_index="")
    vault.store(author.actor, blog, "secret", STRONG)
    Secret.objects.filter(field="mfa-seed").update(sealed=b"spoilt")
    with time_machine.travel(timezone.now() + EVERY * 2):
        done = run("doctor")
    assert done.exit_code == 1
    for words in (
        "password of Cardiology blog: This is a very common password",
        "mfa-seed of Cardiology network: This credential was altered",
        "Cardiology blog and Cardiology network: They have the same password",
        "secret of Cardiology blog: Change it: it is older than 180 days",
    ):
        assert words in done.stdout, done.stdout


def test_a_rotation_says_what_came_under_the_new_key(
    blog: Account, author: Person
) -> None:
    vault.store(author.actor, blog, "password", STRONG)
    done = run("rotate-key")
    assert done.exit_code == 0
    assert "is in use; 1 credentials came under it." in done.stdout


def test_a_rotation_names_what_cannot_be_opened(blog: Account, author: Person) -> None:
    vault.store(author.actor, blog, "password", STRONG)
    Secret.objects.update(wrapped_key=b"spoilt")
    done = run("rotate-key")
    assert done.exit_code == 1
    assert "cannot be opened: password of Cardiology blog" in done.stdout


@pytest.mark.parametrize("command", ["doctor", "rotate-key"])
def test_without_its_key_it_says_what_to_restore(
    db: None, key_file: KeyFile, command: str
) -> None:
    key_file.path.unlink()
    done = run(command)
    assert done.exit_code == 2
    assert "Restore it" in done.stderr
