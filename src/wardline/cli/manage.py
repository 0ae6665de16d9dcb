"""`wardline manage …`: Django's own commands, with Wardline's settings."""

import os

import typer

app = typer.Typer()


@app.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def manage(context: typer.Context) -> None:
    """Run one of Django's commands, as in `wardline manage createsuperuser`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardline.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["wardline manage", *context.args])
