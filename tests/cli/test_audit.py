"""`wardline audit`: verify from the command line, and what it exits with."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from typer.testing import CliRunner, Result

from tests.conftest import triggers
from wardline.audit.record import record
from wardline.cli.audit import app
from wardline.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entry(author: Person) -> None:
    with transaction.atomic():
        record(author.actor, "test.step", author)


def audit(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_an_untouched_chain_verifies_with_the_head_that_was_printed(
    entry: None, tmp_path: Path
) -> None:
    kept = tmp_path / "head"
    kept.write_text(audit("head").stdout)
    done = audit("verify", "--head", str(kept))
    assert (done.exit_code, done.stdout) == (0, "1 entries verify.\n")


def test_an_altered_entry_is_named_and_the_exit_says_so(entry: None) -> None:
    with connection.schema_editor() as editor:
        triggers.drop_triggers(apps, editor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor_name = 'X'")
    done = audit("verify")
    assert done.exit_code == 1
    assert "entry 1: was altered" in done.stdout
    assert "compliance office" in done.stdout


def test_a_head_that_is_none_is_an_error(entry: None, tmp_path: Path) -> None:
    bad = tmp_path / "head"
    bad.write_text("seven")
    assert audit("verify", "--head", str(bad)).exit_code == 2
    assert audit("verify", "--head", str(tmp_path / "none")).exit_code == 2
