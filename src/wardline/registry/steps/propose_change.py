"""Propose other particulars for an account; the public keeps seeing the old ones."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.people.access import Actor, can, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Version
from wardline.registry.particulars import Particulars, check


def propose_change(
    actor: Actor, account: Account, particulars: Particulars, note: str = ""
) -> Version:
    """Keep a version for the registrar to review.

    Notes of somebody who may not read them are left as they are.

    Raises:
        DeniedError: the person is neither of the account's unit nor a registrar.
        RegistryError: nothing was changed, a particular is not acceptable, the account
            is retired, or another change waits already.
    """
    require(actor, "account.propose", account)
    check(particulars)
    if not can(actor, "account.read-notes"):
        particulars = replace(particulars, notes=account.notes)
    if account.state == "retired":
        raise RegistryError("A retired account stays as it was.")
    changed = particulars.changes(account)
    if not changed and account.state != "requested":
        raise RegistryError("Nothing was changed.")
    try:
        with transaction.atomic():
            version = Version.objects.create(
                account=account,
                particulars=particulars.kept(),
                note=note,
                made_by_id=actor.id,
            )
            record(actor, "account.propose", account, changed=changed)
    except IntegrityError as error:
        raise RegistryError(
            "Another change of this account waits for the registrar. "
            "Take it back first, or wait."
        ) from error
    return version


def take_back(actor: Actor, version: Version) -> None:
    """Drop a proposal that nobody has decided on.

    Raises:
        DeniedError: the person is neither of the account's unit nor a registrar.
        StaleStateError: it was decided on in the meantime.
    """
    require(actor, "account.propose", version.account)
    move(version, "taken-back", actor)
