"""Put an official account on record, or change what is on record."""

from dataclasses import dataclass, fields

from django.db import IntegrityError, transaction

from wardline.audit.record import record
from wardline.institution import current
from wardline.people.access import Actor, require
from wardline.people.models import Person, Unit
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the registry keeps of an account."""

    unit: Unit
    channel: str
    kind: str
    name: str
    url: str
    official_email: str
    owner: Person
    deputy: Person


def register_account(actor: Actor, particulars: Particulars) -> Account:
    """Enter a new account as active.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: a particular is not acceptable.
    """
    require(actor, "account.register")
    _check(particulars)
    try:
        with transaction.atomic():
            account = Account.objects.create(**_columns(particulars), state="active")
            record(actor, "account.register", account, url=account.url)
    except IntegrityError as error:
        msg = f"{particulars.url} is on record already."
        raise RegistryError(msg) from error
    return account


def change_account(actor: Actor, account: Account, particulars: Particulars) -> None:
    """Replace an account's particulars.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: a particular is not acceptable.
    """
    require(actor, "account.change", account)
    _check(particulars)
    columns = _columns(particulars)
    changed = sorted(k for k, v in columns.items() if getattr(account, k) != v)
    try:
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(**columns)
            record(actor, "account.change", account, changed=changed)
    except IntegrityError as error:
        msg = f"{particulars.url} is on record already."
        raise RegistryError(msg) from error


def _columns(particulars: Particulars) -> dict[str, object]:
    return {
        field.name: getattr(particulars, field.name) for field in fields(particulars)
    }


def _check(particulars: Particulars) -> None:
    domains = current().work_mail_domains
    domain = particulars.official_email.rpartition("@")[2].lower()
    if domain not in domains:
        msg = (
            f"{particulars.official_email} is not an official address: "
            f"use one at {', '.join(domains)}."
        )
        raise RegistryError(msg)
    if particulars.owner == particulars.deputy:
        raise RegistryError("Owner and deputy must be two people.")
    for person in (particulars.owner, particulars.deputy):
        if not person.actor.is_in(particulars.unit.pk):
            msg = f"{person} does not belong to {particulars.unit}."
            raise RegistryError(msg)
