"""Who calls a command of the registry, and how it answers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from wardline.people.access import Actor
    from wardline.registry.models import Account, Version
    from wardline.registry.particulars import Particulars

REFUSED = 2
SHOWN = (
    "line", "id", "result", "kind", "state", "name", "unit", "url", "what", "remarks",
)  # fmt: skip
"""What a line of a list tells, of the fields that its rows have."""


@dataclass(slots=True)
class Call:
    """Who calls, and how to answer."""

    email: str = ""
    as_json: bool = False

    @property
    def actor(self) -> "Actor":
        """The person, with their rights."""
        from wardline.people.models import Person

        person = Person.objects.filter(email__iexact=self.email, is_active=True).first()
        if person is None:
            refuse(
                f"Nobody signs in as “{self.email}”. Name a person with --as E-MAIL "
                "before the command, or in WARDLINE_ACTOR."
            )
        return person.actor.through("command line")


call = Call()


def account_of(number: int) -> "Account":
    """The account of this number, or the end of the command."""
    from wardline.registry.models import Account

    row = Account.objects.select_related("unit", "owner", "deputy")
    if found := row.filter(pk=number).first():
        return found
    return refuse(f"There is no account {number}; `registry list` has the numbers.")


def proposed(number: int) -> "Version":
    """What waits for a decision on an account, or the end of the command."""
    from wardline.registry.models import Version

    rows = Version.objects.select_related("account").filter(state="proposed")
    if found := rows.filter(account=number).first():
        return found
    return refuse(f"Nothing waits for a decision on account {number}.")


def told(account: "Account") -> dict[str, Any]:
    """As the API shows it, read again."""
    from wardline.api.registry_schema import RecordOut, account_out

    return RecordOut(**account_out(account, call.actor)).model_dump(mode="json")


def told_version(version: "Version") -> dict[str, Any]:
    """As the API shows it."""
    from wardline.api.registry_schema import VersionOut, versions_out

    (found,) = versions_out([version], call.actor)
    return VersionOut(**found).model_dump(mode="json")


def particulars_in(file: TextIO) -> "Particulars":
    """What a file asks to have on record, or the end of the command."""
    from pydantic import ValidationError

    from wardline.registry.naming import directory
    from wardline.registry.schema import AccountIn, remedies

    try:
        given = AccountIn.model_validate_json(file.read())
    except (ValidationError, UnicodeDecodeError) as error:
        wrong = remedies(error) if isinstance(error, ValidationError) else []
        refuse(" ".join(f"{field}: {do}" for field, do in wrong) or str(error))
    return directory([given.owner, given.deputy]).particulars(given)


def answer(found: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Print a row by its fields, or rows one a line; as JSON if that was asked for."""
    if call.as_json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
    elif isinstance(found, dict):
        width = max(map(len, found))
        for name, value in found.items():
            typer.echo(f"{name:{width}}  {_words(value)}")
    else:
        for row in found:
            typer.echo("  ".join(_words(row[n]) for n in SHOWN if row.get(n)))


def _words(value: object) -> str:
    if isinstance(value, dict):
        value = [f"{name}: {_words(each)}" for name, each in value.items() if each]
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")


@contextmanager
def refusals() -> Iterator[None]:
    """Tell what a step refuses, with exit status 2."""
    from wardline.audit.states import GraphError, StaleStateError
    from wardline.people.access import DeniedError
    from wardline.registry.errors import RegistryError

    try:
        yield
    except (DeniedError, GraphError, StaleStateError, RegistryError) as error:
        refuse(str(error))


def refuse(message: str) -> NoReturn:
    """End the command, saying why."""
    typer.echo(f"wardline registry: {message}", err=True)
    raise typer.Exit(REFUSED)
