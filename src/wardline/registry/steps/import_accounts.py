"""Enter a list of accounts; each waits for the registrar's review."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Person, Unit
from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.importing import Plan
from wardline.registry.models import Account, Version
from wardline.registry.particulars import Particulars

BATCH = 500
LONGEST_FILE_NAME = 100


def import_accounts(actor: Actor, plan: Plan) -> list[Account]:
    """Enter every account that is new, as requested and with a version proposed.

    One audit entry tells of the whole file: its SHA-256, and the ids of the accounts.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: the file holds nothing new, or one of its addresses was put on
            record in the meantime; nothing is entered then.
    """
    require(actor, "account.import")
    if not plan.particulars:
        raise RegistryError("Nothing in this file is new: nothing was entered.")
    try:
        with transaction.atomic():
            _enter_units(actor, plan.units)
            accounts = _enter(actor, plan.particulars, plan.file)
            record(
                actor,
                "account.import",
                Person.objects.get(pk=actor.id),
                file=plan.file[:LONGEST_FILE_NAME],
                sha256=plan.digest,
                accounts=[account.pk for account in accounts],
            )
    except IntegrityError as error:
        raise RegistryError(
            "Somebody entered one of these accounts or units a moment ago. Nothing was "
            "entered: look at the list again, then repeat."
        ) from error
    return accounts


def _enter_units(actor: Actor, units: Iterable[Unit]) -> None:
    for unit in units:
        unit.save(force_insert=True)
        record(actor, "unit.add", unit)


def _enter(actor: Actor, entered: list[Particulars], file: str) -> list[Account]:
    accounts = Account.objects.bulk_create(
        [
            Account(
                **one.columns(), url_key=address.key(one.url)
            )  # save() is not called
            for one in entered
        ],
        batch_size=BATCH,
    )
    note = f"Imported from {file[:LONGEST_FILE_NAME]}"
    Version.objects.bulk_create(
        [
            Version(
                account=account,
                particulars=one.kept(),
                note=note,
                made_by_id=actor.id,
            )
            for account, one in zip(accounts, entered, strict=True)
        ],
        batch_size=BATCH,
    )
    return accounts
