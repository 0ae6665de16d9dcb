"""What the registry keeps of an account, and what is acceptable."""

import re
from dataclasses import dataclass, fields
from typing import Any

from wardline.institution import current
from wardline.people.models import Person, Unit
from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account

_USER = re.compile(r"(?:[a-z]+:)?[/\\]*[^/\\?#]*@", re.IGNORECASE)
"""An address in which a user is named: https://x.com@evil.example/ ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The columns of an `Account` that people fill in, by the same names."""

    unit: Unit
    channel: str
    kind: str
    name: str
    url: str
    official_email: str
    owner: Person | None
    deputy: Person | None
    handle: str = ""
    platform_id: str = ""
    language: str = "en"
    description: str = ""
    audience: str = ""
    fundraising: bool = False
    contacts: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""

    def columns(self) -> dict[str, Any]:
        """For the row of the account."""
        return {
            **{field.name: getattr(self, field.name) for field in fields(self)},
            "tags": list(self.tags),
            "handle": self.handle or address.handle(self.url),
        }

    def kept(self) -> dict[str, Any]:
        """For the version: as JSON, people and unit by their ids."""
        columns = self.columns()
        for name in ("unit", "owner", "deputy"):
            row = columns.pop(name)
            columns[f"{name}_id"] = row and row.pk
        return columns

    def changes(self, account: Account) -> list[str]:
        """The names of what is not as the account has it."""
        columns = self.columns()
        return sorted(k for k, v in columns.items() if getattr(account, k) != v)


def restored(kept: dict[str, Any]) -> Particulars:
    """What `Particulars.kept` made."""
    given = dict(kept)
    people = Person.objects.in_bulk([given["owner_id"], given["deputy_id"]])
    return Particulars(
        unit=Unit.objects.get(pk=given.pop("unit_id")),
        owner=people.get(given.pop("owner_id")),
        deputy=people.get(given.pop("deputy_id")),
        tags=tuple(given.pop("tags")),
        **given,
    )


def check(particulars: Particulars) -> None:
    """Refuse what no account may be on record with.

    Raises:
        RegistryError: saying what to change.
    """
    if problems := lacking(particulars):
        raise RegistryError(" ".join(problems))


def lacking(particulars: Particulars) -> list[str]:
    """What has to change before the account can be on record, a sentence each."""
    problems = []
    for judge in (_check_address, _check_mail, _check_people):
        try:
            judge(particulars)
        except RegistryError as error:
            problems.append(str(error))
    return problems


def _check_address(particulars: Particulars) -> None:
    address.key(particulars.url)
    if not particulars.url.lower().startswith(("http://", "https://")):
        raise RegistryError("Write the whole address, with https:// in front.")
    if _USER.match(particulars.url):
        raise RegistryError(
            "Take what stands before the @ out of the address: it may be a password, "
            "and readers take it for the site."
        )


def _check_mail(particulars: Particulars) -> None:
    written = particulars.official_email
    domains = current().work_mail_domains
    if not written:
        msg = f"Give the official e-mail address, at {', '.join(domains)}."
        raise RegistryError(msg)
    if written.rpartition("@")[2].lower() not in domains:
        msg = f"{written} is not an official address: use one at {', '.join(domains)}."
        raise RegistryError(msg)


def _check_people(particulars: Particulars) -> None:
    owner, deputy = particulars.owner, particulars.deputy
    if owner is None or deputy is None:
        raise RegistryError("Name an owner and a deputy.")
    if owner == deputy:
        raise RegistryError("Owner and deputy must be two people.")
    for person in (owner, deputy):
        if not person.is_active or not person.actor.is_in(particulars.unit.pk):
            msg = f"{person} does not belong to {particulars.unit}."
            raise RegistryError(msg)
