"""`wardline audit …`: verify the chain, and print its head to keep elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli import set_up

app = typer.Typer(name="audit", help="Verify the audit chain.", no_args_is_help=True)


@app.callback()
def ready() -> None:
    """Set Django up, which holds the chain."""
    set_up()


@app.command()
def head() -> None:
    """Print the newest entry's number and mac: keep that line off this machine."""
    from wardline.audit.models import Head

    typer.echo(str(Head.objects.first() or Head()))


@app.command()
def verify(
    head_file: Annotated[
        Path | None,
        typer.Option("--head", help="A file with a line that `audit head` printed."),
    ] = None,
) -> None:
    """Check every entry of the chain; exit 1 if anything was altered."""
    from wardline.audit import chain
    from wardline.audit.models import Entry

    try:
        exported = head_file.read_text() if head_file else ""
        problems = list(chain.verify(exported))
    except (OSError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for problem in problems:
        typer.echo(f"entry {problem.sequence}: {problem.reason}")
    entries = Entry.objects.count()
    if problems:
        typer.echo(
            f"{entries} entries, {len(problems)} problems. Keep a copy of the database "
            "as it is, and tell the compliance office."
        )
        raise typer.Exit(1)
    typer.echo(f"{entries} entries verify.")
