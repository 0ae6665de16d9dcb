"""`wardline signing …`: the key that signs answers to the public."""

import typer

from wardline.cli import set_up

app = typer.Typer(
    name="signing", help="The key that signs /api/verify.", no_args_is_help=True
)


@app.callback()
def ready() -> None:
    """Set Django up, which knows where the key is."""
    set_up()


@app.command()
def rotate() -> None:
    """Make another key; start Wardline again to use it. Old answers stay good."""
    from wardline.registry.errors import RegistryError
    from wardline.registry.signing import rotate as make_another

    try:
        typer.echo(f"The key is now {make_another()}. Start Wardline again to use it.")
    except RegistryError as error:
        typer.echo(f"wardline: {error}", err=True)
        raise typer.Exit(2) from error


@app.command()
def keys() -> None:
    """Print the public keys, as they are at /.well-known/wardline-keys.json."""
    from wardline.registry.signing import canonical, published

    typer.echo(canonical(published()).decode())
