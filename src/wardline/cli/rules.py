"""`wardline rules`: list every rule."""

from typing import Annotated

import typer

from wardline.screening import ScreeningError, load_pack

app = typer.Typer()


@app.command()
def rules(
    topic: Annotated[str, typer.Argument(help="List only this topic.")] = "",
) -> None:
    """List the rules: id, severity, clauses and message."""
    try:
        pack = load_pack()
    except ScreeningError as error:
        typer.echo(f"wardline rules: {error}", err=True)
        raise typer.Exit(2) from error
    for rule in pack.rules.values():
        if topic in ("", rule.topic):
            clauses = " ".join(rule.clauses)
            typer.echo(f"{rule.id:<48} {rule.severity:<7} {clauses:<24} {rule.message}")
