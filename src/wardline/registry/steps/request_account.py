"""Ask for an account to be put on record; the registrar reviews it."""

from django.db import IntegrityError, transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Version
from wardline.registry.particulars import Particulars, check


def request_account(actor: Actor, particulars: Particulars, note: str = "") -> Version:
    """Enter an account as requested, with its first version proposed.

    Raises:
        DeniedError: the person is no author of the unit, and no registrar.
        RegistryError: a particular is not acceptable, or the address is on record.
    """
    require(actor, "account.request", particulars.unit)
    check(particulars)
    return enter(actor, particulars, note)


def enter(actor: Actor, particulars: Particulars, note: str) -> Version:
    """Keep a request as it stands.

    Raises:
        RegistryError: the address is on record.
    """
    try:
        with transaction.atomic():
            account = Account.objects.create(**particulars.columns())
            version = Version.objects.create(
                account=account,
                particulars=particulars.kept(),
                note=note,
                made_by_id=actor.id,
            )
            record(actor, "account.request", account, url=account.url)
    except IntegrityError as error:
        raise taken(particulars) from error
    return version


def taken(particulars: Particulars) -> RegistryError:
    """The refusal of an address that another account has."""
    msg = (
        f"{particulars.url} is on record already, perhaps in another spelling: "
        "look in the list of accounts."
    )
    return RegistryError(msg)
