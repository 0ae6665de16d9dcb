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
    if topic and topic not in pack.topics:
        known = ", ".join(pack.topics)
        typer.echo(f"There is no topic {topic!r}; there are {known}.", err=True)
        raise typer.Exit(2)
    for rule in pack.rules.values():
        if topic in ("", rule.topic):
            clauses = " ".join(rule.clauses)
            typer.echo(f"{rule.id:<48} {rule.severity:<7} {clauses:<24} {rule.message}")
