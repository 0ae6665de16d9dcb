"""`wardline registry …`: the registry's steps, as the person that is named.

Whoever can start this command can open the database, so no password is asked for; the
person's rights still decide, and what is recorded says that a command did it.
"""

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli import set_up
from wardline.cli.registry import about
from wardline.cli.registry.call import (
    account_of,
    answer,
    call,
    particulars_in,
    proposed,
    refusals,
    refuse,
    told,
    told_version,
)

app = typer.Typer(
    name="registry", help="The Social Media Registry.", no_args_is_help=True
)
app.add_typer(about.app)
Number = Annotated[int, typer.Argument(help="The account's number, from `list`.")]
Reason = Annotated[str, typer.Option(help="Why; it stays on record.")]
Given = Annotated[
    typer.FileText, typer.Argument(help="JSON with the fields of an export.")
]


@app.callback()
def ready(
    email: Annotated[
        str, typer.Option("--as", metavar="E-MAIL", envvar="WARDLINE_ACTOR")
    ] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Set Django up, and know who calls."""
    set_up()
    call.email, call.as_json = email, as_json


@app.command("list")
def list_accounts(
    unit: Annotated[str, typer.Option(help="A unit's short name.")] = "",
    state: Annotated[str, typer.Option(help="As in active or requested.")] = "",
) -> None:
    """List the accounts that the person may read."""
    from wardline.registry.readable import readable

    wanted = {"unit__slug": unit, "state": state}
    rows = readable(call.actor).filter(**{k: v for k, v in wanted.items() if v})
    answer([told(one) for one in rows])


@app.command()
def show(account: Number) -> None:
    """Show what is on record of an account."""
    from wardline.people.access import require

    with refusals():
        row = account_of(account)
        require(call.actor, "account.read", row)
        answer(told(row))


@app.command()
def request(file: Given) -> None:
    """Ask for an account to be put on record; the registrar reviews it."""
    from wardline.registry.steps.request_account import request_account

    with refusals():
        version = request_account(call.actor, particulars_in(file))
        answer(told(account_of(version.account_id)))


@app.command()
def propose(account: Number, file: Given) -> None:
    """Propose other particulars, all of them; the public keeps seeing the old ones."""
    from wardline.registry.steps.propose_change import propose_change

    with refusals():
        row = account_of(account)
        answer(told_version(propose_change(call.actor, row, particulars_in(file))))


@app.command()
def approve(account: Number) -> None:
    """Approve what is proposed for an account."""
    from wardline.registry.steps.review_version import approve_version

    with refusals():
        approve_version(call.actor, proposed(account))
        answer(told(account_of(account)))


@app.command("return")
def give_back(account: Number, reason: Reason = "") -> None:
    """Give what is proposed back, with what has to change."""
    from wardline.registry.steps.review_version import return_version

    with refusals():
        return_version(call.actor, proposed(account), reason)
        answer(told(account_of(account)))


@app.command()
def consent(account: Number) -> None:
    """Put the Development Office's consent to what is proposed on record."""
    from wardline.registry.steps.review_version import consent_to_fundraising

    with refusals():
        version = proposed(account)
        consent_to_fundraising(call.actor, version)
        answer(told_version(version))


@app.command()
def certify(account: Number) -> None:
    """Confirm that all on record is still right."""
    from wardline.registry.steps.certify import certify as step

    with refusals():
        row = account_of(account)
        step(call.actor, row)
        answer(told(row))


@app.command()
def compromised(account: Number, reason: Reason = "") -> None:
    """Report that somebody else may control an account; its queues stop."""
    from wardline.registry.steps.report_compromised import report_compromised

    with refusals():
        row = account_of(account)
        report_compromised(call.actor, row, reason)
        answer(told(row))


@app.command()
def restore(account: Number) -> None:
    """Take a compromised account into use again, once its password is a new one."""
    from wardline.registry.steps.restore_account import restore_account

    with refusals():
        row = account_of(account)
        restore_account(call.actor, row)
        answer(told(row))


@app.command("step-in")
def take_over(account: Number) -> None:
    """Make the deputy, who calls, the owner of an account whose owner left."""
    from wardline.registry.steps.step_in import step_in

    with refusals():
        row = account_of(account)
        step_in(call.actor, row)
        answer(told(account_of(account)))


@app.command()
def retire(account: Number, reason: Reason = "") -> None:
    """Take an account out of use for good, or refuse a request."""
    from wardline.registry.steps.retire_account import retire_account

    with refusals():
        row = account_of(account)
        retire_account(call.actor, row, reason)
        answer(told(row))


@app.command()
def tasks() -> None:
    """List what people have to do about the accounts that the person may read."""
    from wardline.registry.models import Task
    from wardline.registry.readable import readable

    mine = readable(call.actor).values("pk")
    rows = Task.objects.filter(account__in=mine, state="open").select_related("account")
    answer(
        [
            {
                "id": task.pk,
                "account": task.account_id,
                "name": task.account.name,
                "kind": task.kind,
                "state": task.state,
                "what": task.what,
                "due_at": task.due_at and task.due_at.isoformat(),
            }
            for task in rows
        ]
    )


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    unit: Annotated[str, typer.Option(help="The unit of rows that name none.")] = "",
    *,
    create_units: Annotated[
        bool, typer.Option("--create-units", help="Enter units not known yet.")
    ] = False,
    enter: Annotated[
        bool, typer.Option("--enter", help="Do it; else only say what would happen.")
    ] = False,
) -> None:
    """Import a list as CSV, XLSX or JSON for review; a dry run without --enter."""
    from wardline.people.access import require
    from wardline.registry.importing import LARGEST, Options, plan
    from wardline.registry.steps.import_accounts import import_accounts

    with refusals():
        actor = call.actor
        require(actor, "account.import")
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
        found = plan(file.name, content, Options(unit, create_units))
        if enter and found.particulars:
            import_accounts(actor, found)
        answer(
            [
                {
                    "line": one.line,
                    "result": one.result,
                    "name": one.name,
                    "url": one.url,
                    "remarks": [f"{r.column}: {r.message}" for r in one.remarks],
                }
                for one in found.outcomes
            ]
        )
        typer.echo(
            f"{'Entered' if enter else 'Would enter'} {len(found.of('new'))}; passed by "
            f"{len(found.of('duplicate'))}; refused {len(found.of('refused'))}.",
            err=True,
        )


@app.command()
def export(
    output: Annotated[Path, typer.Argument(help="Ends in .csv, .json or .xlsx.")],
) -> None:
    """Write the accounts that the person may read to a file."""
    from wardline.registry.exporting import FORMATS
    from wardline.registry.exporting import export as export_accounts
    from wardline.registry.readable import readable

    kind = output.suffix.removeprefix(".")
    if kind not in FORMATS:
        refuse(f"Name a file that ends in {', '.join(f'.{one}' for one in FORMATS)}.")
    rows = readable(call.actor).order_by("unit__name", "name")
    output.write_bytes(export_accounts(kind, rows, call.actor))
    typer.echo(f"{len(rows)} accounts in {output}", err=True)
