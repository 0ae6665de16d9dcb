"""`wardline demo`: a hospital to try things in, with one sign-in per role."""

import secrets
from pathlib import Path

import typer

from wardline.cli import set_up
from wardline.cli.demo.people import PEOPLE, email_of

app = typer.Typer()


@app.command()
def demo(url: str = "http://127.0.0.1:8000") -> None:
    """Fill an empty database with a demo hospital, and print its sign-ins."""
    set_up()
    from django.conf import settings

    from wardline.people.models import Person

    kept = settings.DATA / "demo-password"
    if not Person.objects.exists():
        _build(kept)
    _announce(url, kept)


def _build(kept: Path) -> None:
    from django.db import transaction

    from wardline.cli.demo import afterwards, answers, clearing, hospital, week, writing

    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        made = hospital.found(password)
        for part in (answers, afterwards, week, writing, clearing):
            part.fill(made)
        kept.touch(mode=0o600)
        kept.write_text(password)


def _announce(url: str, kept: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not kept.exists():
        console.print(f"Open {url} and sign in. This database holds no demo hospital.")
        return
    table = Table("Sign in as", "who", box=None, pad_edge=False)
    for slug, (name, does) in PEOPLE.items():
        table.add_row(email_of(slug), f"{name} {does}")
    console.print(f"\nOpen {url}   password for everyone: {kept.read_text()}\n")
    console.print(table)
    console.print(f"\nNo sign-in needed: {url}/check   Ctrl-C ends everything.\n")
