"""`wardline …`: one module a command, imported when it is called.

To add a command, add a module here: its name is the command's, and it holds `app`, a
typer.Typer. One function makes a command; a group (`wardline audit verify`) gives
its Typer a name. What a command needs beyond typer it imports inside its function,
so that `wardline check` never waits for Django.
"""

import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

import typer


def main() -> None:
    """Run the command that the process was called with."""
    build(sys.argv[1:])()


def build(arguments: Sequence[str]) -> typer.Typer:
    """The application with the command that `arguments` call, else with all."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    called = [name for name in names if name in arguments[:1]]
    application = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        help="Social media governance for hospitals.",
        pretty_exceptions_enable=False,
    )
    application.callback()(_wardline)
    for name in called or names:
        application.add_typer(import_module(f"{__name__}.{name}").app)
    return application


def set_up() -> None:
    """Set Django up; a setting that makes it impossible is told, with exit status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardline.settings")
    import django

    from wardline import institution
    from wardline.environment import SettingError
    from wardline.publishing import routing

    try:
        institution.current()
        routing.current()
        django.setup()
    except (
        SettingError,
        institution.InstitutionError,
        routing.RoutingError,
        OSError,
    ) as error:
        typer.echo(f"wardline: {error}", err=True)
        raise typer.Exit(2) from error


def _wardline() -> None:
    """Social media governance for hospitals."""
