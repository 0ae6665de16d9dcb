"""`wardline registry audit-about`: look at profiles now."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardline.registry.models import Account

app = typer.Typer()


@app.command("audit-about")
def audit_about(
    addresses: Annotated[
        list[str] | None,
        typer.Argument(help="Addresses of accounts, in any spelling; none: all."),
    ] = None,
) -> None:
    """Read About sections and follow their links; exit 1 if one fails."""
    from wardline.audit.record import SYSTEM
    from wardline.registry.steps.audit_about import look

    failed = False
    for account in _chosen(addresses or []):
        audit = look(SYSTEM, account)
        typer.echo(f"{audit.outcome:12} {account.url}")
        for check in audit.checks:
            if not check["passed"]:
                typer.echo(f"{'':12} {check['detail']}")
        failed = failed or audit.outcome == "fail"
    raise typer.Exit(int(failed))


def _chosen(addresses: Iterable[str]) -> "list[Account]":
    """The accounts on record at these addresses, or all in use."""
    from wardline.registry import address
    from wardline.registry.about_due import LIVE
    from wardline.registry.errors import RegistryError
    from wardline.registry.models import Account

    rows = Account.objects.filter(state__in=LIVE)
    try:
        keys = {address.key(each): each for each in addresses}
    except RegistryError as error:
        raise _unusable(str(error)) from error
    found = list(rows.filter(url_key__in=keys) if keys else rows)
    for missing in keys.keys() - {account.url_key for account in found}:
        msg = f"{keys[missing]} is not on record, or not in use."
        raise _unusable(msg)
    return found


def _unusable(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)
