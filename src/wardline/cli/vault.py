"""`wardline vault …`: change the vault's key, and look after what it keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from wardline.cli import set_up

if TYPE_CHECKING:
    from wardline.people.access import Actor

app = typer.Typer(
    name="vault", help="Look after the credentials in custody.", no_args_is_help=True
)


@app.callback()
def ready() -> None:
    """Set Django up, which holds the vault."""
    set_up()


@app.command("rotate-key")
def rotate_key() -> None:
    """Seal everything with another key; exit 1 if something cannot be opened.

    It may be stopped at any time and run again, and people may work meanwhile.
    """
    from wardline.registry.steps.rotate_key import rotate_key

    with _told():
        done = rotate_key(_operator())
    typer.echo(f"Key {done.key_id} is in use; {done.moved} credentials came under it.")
    for each in done.left:
        typer.echo(f"Still under the old key, as it cannot be opened: {each}")
    if done.left:
        typer.echo("Store these anew, then run this again: the old key is kept so far.")
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Say which keys are in use, and which credentials are bad; exit 1 if any is."""
    from wardline.registry.steps.examine_vault import examine_vault

    with _told():
        found = examine_vault(_operator())
    for key_id, rows in sorted(found.keys.items()):
        typer.echo(
            f"key {key_id}: {rows} credentials"
            f"{', in use' if key_id == found.current else ''}"
        )
    for problem in found.problems:
        typer.echo(f"{problem.credential}: {problem.what}")
    typer.echo(f"{found.keys.total()} credentials, {len(found.problems)} problems.")
    if found.problems:
        raise typer.Exit(1)


def _operator() -> "Actor":
    from wardline.people.access import Actor

    return Actor(0, "Operator of this host", roles=frozenset({"administrator"}))


@contextmanager
def _told() -> Iterator[None]:
    """Say what the vault cannot do, with exit status 2."""
    from wardline.registry.errors import RegistryError

    try:
        yield
    except RegistryError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
