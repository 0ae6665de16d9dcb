"""`wardline administrator`: somebody who may add everybody else."""

import typer

from wardline.cli import set_up

app = typer.Typer()


@app.command()
def administrator(
    email: str = typer.Argument(help="The address they sign in with."),
    name: str = typer.Argument(help="Their name as colleagues know it."),
) -> None:
    """Add an administrator and print a password for the first sign-in."""
    set_up()
    from django.db import transaction

    from wardline.people.access import Actor
    from wardline.registry.errors import RegistryError
    from wardline.registry.steps.add_person import add_person
    from wardline.registry.steps.set_access import set_access

    role = frozenset({"administrator"})
    operator = Actor(id=0, name="Operator of this host", roles=role)
    try:
        with transaction.atomic():
            person, password = add_person(operator, email=email, name=name)
            set_access(operator, person, roles=role, memberships=frozenset())
    except RegistryError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{email} may sign in with the password {password}")
