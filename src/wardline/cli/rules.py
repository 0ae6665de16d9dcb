"""`wardline rules`: list every rule."""

import typer

app = typer.Typer()


@app.command()
def rules(topic: str = typer.Argument("", help="List only this topic.")) -> None:
    """List the rules: id, severity, clauses and message."""
    from wardline.screening import load_pack

    for rule in load_pack().rules.values():
        if topic in ("", rule.topic):
            clauses = " ".join(rule.clauses)
            typer.echo(f"{rule.id:<48} {rule.severity:<7} {clauses:<24} {rule.message}")
