"""`wardline prepare`: make database and static files fit this version."""

import typer

from wardline.cli import set_up

app = typer.Typer()


@app.command()
def prepare() -> None:
    """Bring the database up to date and collect the static files; safe to repeat."""
    set_up()
    from django.core.management import call_command

    from wardline.screening import default

    typer.echo("Preparing database, static files and rules …", err=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    default()  # compiles the rules unless they are compiled already
