"""`wardline prepare`: make database and static files fit this version."""

import os

import typer

app = typer.Typer()


@app.command()
def prepare() -> None:
    """Bring the database up to date and collect the static files; safe to repeat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardline.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from wardline.screening import default

    typer.echo("Preparing database, static files and rules …", err=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    default()  # compiles the rules unless they are compiled already
