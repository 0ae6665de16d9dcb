"""`wardline registry`: the steps of the registry, as somebody."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from wardline.audit.models import Entry
from wardline.cli.registry import app
from wardline.people.models import Person
from wardline.registry.models import Account
from wardline.registry.steps.deactivate_person import deactivate_person
from wardline.registry.steps.tasks import close_task

pytestmark = pytest.mark.django_db(transaction=True)


def registry(who: Person | None, *words: object) -> Result:
    email = ["--as", who.email] if who else []
    return CliRunner().invoke(app, [*email, *map(str, words)])


def read(who: Person, *words: object) -> Any:  # noqa: ANN401  (JSON)
    done = registry(who, "--json", *words)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_without_a_person_nothing_is_told(blog: Account, author: Person) -> None:
    done = registry(None, "list")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "WARDLINE_ACTOR" in done.stderr
    author.is_active = False
    author.save()
    assert registry(author, "list").exit_code == 2


def test_a_person_lists_and_sees_the_own_units_accounts(
    blog: Account, author: Person, outsider: Person
) -> None:
    assert blog.url in registry(author, "list").stdout
    assert read(author, "show", blog.pk)["owner"] == author.email
    assert "official_email" in registry(author, "show", blog.pk).stdout
    assert read(outsider, "list") == []
    refused = registry(outsider, "show", blog.pk)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "another unit" in refused.stderr
    assert "no account 999" in registry(author, "show", 999).stderr


def test_an_account_lives_from_request_to_retirement(
    author: Person, moderator: Person, registrar: Person, tmp_path: Path
) -> None:
    asked = tmp_path / "asked.json"
    fields = {
        "unit": "cardiology",
        "kind": "blog",
        "name": "Heart notes",
        "url": "https://heart.massgeneral.org",
        "official_email": "heart@mgh.harvard.edu",
        "owner": author.email,
        "deputy": moderator.email,
    }
    asked.write_text(json.dumps(fields))
    account = read(author, "request", asked)["id"]
    assert registry(author, "approve", account).exit_code == 2
    assert read(registrar, "approve", account)["state"] == "active"
    assert "Nothing waits" in registry(registrar, "approve", account).stderr
    read(author, "certify", account)
    stolen = read(moderator, "compromised", account, "--reason", "Strange posts")
    assert stolen["state"] == "compromised"
    assert [task["kind"] for task in read(author, "tasks")] == ["rotate"]
    assert "Say why" in registry(registrar, "retire", account).stderr
    assert read(registrar, "retire", account, "--reason", "Gone")["state"] == "retired"
    actors = set(Entry.objects.values_list("actor_name", flat=True))
    assert "Amara Author (command line)" in actors


def test_a_proposal_waits_for_consent_and_an_account_is_taken_over(
    blog: Account, author: Person, moderator: Person, registrar: Person,
    developer: Person, administrator: Person, tmp_path: Path,
) -> None:  # fmt: skip
    asked = tmp_path / "asked.json"
    fields = ("unit", "kind", "channel", "name", "url", "official_email")
    known = read(author, "show", blog.pk)
    given = {name: known[name] for name in (*fields, "owner", "deputy")}
    asked.write_text(json.dumps({**given, "fundraising": True}))
    assert "Only an author" in registry(developer, "propose", blog.pk, asked).stderr
    made = read(author, "propose", blog.pk, asked)
    assert (made["state"], made["needs_consent"]) == ("proposed", True)
    assert "donations" in registry(registrar, "approve", blog.pk).stderr
    assert registry(author, "consent", blog.pk).exit_code == 2
    assert "fundraising: True" in registry(developer, "consent", blog.pk).stdout
    assert read(registrar, "approve", blog.pk)["fundraising"]
    assert "still owns" in registry(moderator, "step-in", blog.pk).stderr
    deactivate_person(administrator.actor, author)
    assert read(moderator, "step-in", blog.pk)["owner"] == moderator.email


def test_a_compromised_account_is_restored_once_its_password_is_new(
    blog: Account, author: Person, registrar: Person
) -> None:
    read(author, "compromised", blog.pk, "--reason", "Strange posts")
    assert "still the old one" in registry(registrar, "restore", blog.pk).stderr
    close_task(author.actor, blog.tasks.get())
    assert registry(author, "restore", blog.pk).exit_code == 2
    assert read(registrar, "restore", blog.pk)["state"] == "active"


def test_a_request_that_is_wrong_says_what_to_do(
    author: Person, moderator: Person, registrar: Person, tmp_path: Path
) -> None:
    asked = tmp_path / "asked.json"
    asked.write_text('{"unit": "cardiology", "kind": "radio", "name": "A"}')
    done = registry(author, "request", asked)
    assert done.exit_code == 2
    assert "kind: Write one of 'network'" in done.stderr
    assert "url: This is needed" in done.stderr
    asked.write_text("{")
    assert registry(author, "request", asked).exit_code == 2


def test_a_list_is_entered_on_demand_and_comes_out_again(
    blog: Account, registrar: Person, author: Person, tmp_path: Path
) -> None:
    kept, out = tmp_path / "list.csv", tmp_path / "out.csv"
    kept.write_text("url,kind\nhttps://heart.example.org,blog\n")
    words = ["import", kept, "--unit", "Cardiology"]
    assert read(registrar, *words)[0]["result"] == "new"
    assert Account.objects.count() == 1
    assert "only" not in registry(author, *words).stdout
    assert registry(author, *words).exit_code == 2
    assert "Entered 1;" in registry(registrar, *words, "--enter").stderr
    entered = Account.objects.get(state="requested")
    done = registry(registrar, "return", entered.pk, "--reason", "Name an owner")
    assert done.exit_code == 0
    assert registry(registrar, "export", out).exit_code == 0
    assert out.read_text("utf-8-sig").count("\n") == 3
    again = read(registrar, "import", out)
    assert [one["result"] for one in again] == ["duplicate", "duplicate"]
    assert ".xlsx" in registry(registrar, "export", tmp_path / "out.pdf").stderr
