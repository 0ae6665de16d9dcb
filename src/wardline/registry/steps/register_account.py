"""Put an official account on record at once, or change what is on record."""

from django.db import transaction

from wardline.people.access import Actor, require
from wardline.registry.models import Account, Version
from wardline.registry.particulars import Particulars, check
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.request_account import enter
from wardline.registry.steps.review_version import (
    approve_version,
    needs_consent,
    return_version,
)


def register_account(actor: Actor, particulars: Particulars) -> Account:
    """Enter a new account as active: the registrar is who would review it.

    One that asks for donations stays requested until the Development Office consents.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: a particular is not acceptable.
    """
    require(actor, "account.register")
    check(particulars)
    with transaction.atomic():
        return _approved(actor, enter(actor, particulars, ""))


def change_account(actor: Actor, account: Account, particulars: Particulars) -> None:
    """Replace an account's particulars at once; a proposal that waits is returned.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: nothing was changed, or a particular is not acceptable.
    """
    require(actor, "account.change", account)
    with transaction.atomic():
        for version in account.versions.filter(state="proposed"):
            return_version(actor, version, "The registrar changed the record instead.")
        _approved(actor, propose_change(actor, account, particulars))


def _approved(actor: Actor, version: Version) -> Account:
    if not needs_consent(version):
        approve_version(actor, version)
    return version.account
