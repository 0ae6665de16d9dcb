"""`wardline demo`: a hospital to try things in, with one sign-in per role."""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from wardline.people.models import Person, Unit
    from wardline.publishing.models import Draft
    from wardline.registry.models import Account

app = typer.Typer()

PEOPLE = {
    "author": ("Ana Reyes", "writes for Cardiology"),
    "coauthor": ("Ben Okafor", "writes for Cardiology too, and is its deputy"),
    "moderator": ("Mia Chen", "moderates for Cardiology"),
    "public-affairs": ("Pat Lindqvist", "clears for Public Affairs"),
    "development": ("Dana Whitfield", "clears for the Development Office"),
    "privacy": ("Priya Nair", "clears for the Privacy Office"),
    "registrar": ("Remy Castillo", "keeps the registry"),
    "auditor": ("Alex Novak", "reads everything"),
    "administrator": ("Ada Kowalski", "manages people and units"),
}
UNIT_ROLES = {"author": "author", "coauthor": "author", "moderator": "moderator"}


@app.command()
def demo(url: str = "http://127.0.0.1:8000") -> None:
    """Fill an empty database with a demo hospital, and print its sign-ins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardline.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from wardline.people.models import Person

    kept = settings.DATA / "demo-password"
    if not Person.objects.exists():
        password = secrets.token_urlsafe(9)
        with transaction.atomic():
            people = {slug: _person(slug, password) for slug in PEOPLE}
            _write_drafts(people, *_unit_with_accounts(people))
            kept.touch(mode=0o600)
            kept.write_text(password)
    _announce(url, kept)


def _announce(url: str, kept: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not kept.exists():
        console.print(f"Open {url} and sign in. This database holds no demo hospital.")
        return
    table = Table("Sign in as", "who", box=None, pad_edge=False)
    for slug, (name, does) in PEOPLE.items():
        table.add_row(_email(slug), f"{name} {does}")
    console.print(f"\nOpen {url}   password for everyone: {kept.read_text()}\n")
    console.print(table)
    console.print(f"\nNo sign-in needed: {url}/check   Ctrl-C ends everything.\n")


def _email(slug: str) -> str:
    return f"{slug}@demo.example"


def _person(slug: str, password: str) -> "Person":
    from django.contrib.auth.models import Group

    from wardline.people.models import Person

    person = Person.objects.create_user(_email(slug), password, name=PEOPLE[slug][0])
    if slug not in UNIT_ROLES:
        person.groups.add(Group.objects.get_or_create(name=slug)[0])
    return person


def _unit_with_accounts(people: dict[str, "Person"]) -> "tuple[Unit, Account]":
    from wardline.people.models import Membership, Unit
    from wardline.registry.steps.register_account import Particulars, register_account

    unit = Unit.objects.create(name="Cardiology", slug="cardiology")
    for slug, role in UNIT_ROLES.items():
        Membership.objects.create(person=people[slug], unit=unit, role=role)
    account = register_account(
        people["registrar"].actor,
        Particulars(
            unit=unit,
            channel="by_hand",
            kind="network",
            name="Cardiology on the network",
            url="https://network.example/cardiology",
            official_email="cardiology@massgeneral.org",
            owner=people["author"],
            deputy=people["coauthor"],
        ),
    )
    return unit, account


def _write_drafts(
    people: dict[str, "Person"], unit: "Unit", account: "Account"
) -> None:
    """One draft in each place where somebody has something to do."""
    from wardline.publishing.steps.decide import grant, send_back
    from wardline.publishing.steps.submit import submit

    author, clearer = people["author"].actor, people["public-affairs"].actor

    def write(title: str, text: str) -> "Draft":
        from wardline.publishing.revisions import Content
        from wardline.publishing.steps.save_draft import create_draft

        return create_draft(author, unit, Content(title, text, [account]))

    write(
        "A thank-you to the night shift",
        "Our patient Rosa Delgado, admitted March 3, 2026, brought cookies for "
        "everyone on Ellison 10.",
    )
    appeal = write(
        "Help us buy a second echo machine",
        "Please donate to the hospital's echo fund. Every gift shortens the wait.",
    )
    submit(author, appeal, version=1)
    vague = write(
        "New clinic hours", "We are changing our clinic hours on Monday. Stay tuned."
    )
    for clearance in submit(author, vague, version=1):
        if clearance.office == "public-affairs":
            send_back(
                clearer, clearance, note="Give the new hours and the phone number."
            )
    ready = write(
        "Walk for your heart",
        "Thirty minutes of walking a day is good for your heart. Start with ten.",
    )
    for clearance in submit(author, ready, version=1):
        grant(clearer, clearance, content=clearance.content_hash)
