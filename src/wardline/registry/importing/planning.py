"""What an import would do, row by row; looking at it writes nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.utils.text import slugify

from wardline.people.models import Unit
from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.importing.entry import Entry, Remark, entries
from wardline.registry.importing.files import read
from wardline.registry.models import Account
from wardline.registry.naming import BATCH, Directory, directory
from wardline.registry.particulars import Particulars, lacking
from wardline.registry.schema import AccountIn

Result = Literal["new", "duplicate", "refused"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who imports decides.

    `unit` is for rows that name none; `create_units` enters units that are not known.
    """

    unit: str = ""
    create_units: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one account in the file, and what is to be said of it."""

    line: int
    result: Result
    name: str
    url: str
    remarks: tuple[Remark, ...]
    particulars: Particulars | None = None
    """Only of a new one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All outcomes in the order of the file; `digest` is its SHA-256 in hex."""

    file: str
    digest: str
    outcomes: tuple[Outcome, ...]
    units: tuple[Unit, ...]
    """Those that would be entered; not yet saved."""

    def of(self, result: Result) -> list[Outcome]:
        """The outcomes of one kind."""
        return [one for one in self.outcomes if one.result == result]

    @property
    def particulars(self) -> list[Particulars]:
        """Of every account that would be entered."""
        return [one.particulars for one in self.outcomes if one.particulars]


@dataclass(slots=True)
class _Registry:
    """What is on record already, and what rows before this one would add."""

    directory: Directory
    create_units: bool
    taken: dict[str, str]
    """Who has an address, by its key."""
    units: list[Unit] = field(default_factory=list)


def plan(file: str, content: bytes, options: Options) -> Plan:
    """Judge every row of a file.

    Raises:
        RegistryError: the file cannot be read as a list of accounts.
    """
    found = [one for row in read(file, content) for one in entries(row, options.unit)]
    given = [one.given for one in found if one.given]
    emails = (email for one in given for email in (one.owner, one.deputy))
    keys = (address.key(one.url) for one in given)
    registry = _Registry(directory(emails), options.create_units, _on_record(keys))
    outcomes = tuple(_outcome(one, registry) for one in found)
    digest = hashlib.sha256(content).hexdigest()
    return Plan(file, digest, outcomes, tuple(registry.units))


def _on_record(keys: Iterable[str]) -> dict[str, str]:
    """The names of those accounts that are on record, by key."""
    asked, taken = sorted(set(keys)), {}
    for start in range(0, len(asked), BATCH):
        known = Account.objects.filter(url_key__in=asked[start : start + BATCH])
        for key, name in known.values_list("url_key", "name"):
            taken[key] = f"On record already, as “{name}”."
    return taken


def _outcome(entry: Entry, registry: _Registry) -> Outcome:
    if entry.given is None:
        return Outcome(entry.line, "refused", entry.name, entry.url, entry.remarks)
    key = address.key(entry.given.url)
    if whose := registry.taken.get(key):
        remark = Remark("url", whose)
        return Outcome(entry.line, "duplicate", entry.name, entry.url, (remark,))
    try:
        unit = _unit(entry.given.unit, registry)
    except RegistryError as error:
        remark = Remark("unit", str(error))
        return Outcome(entry.line, "refused", entry.name, entry.url, (remark,))
    registry.taken[key] = f"The same address as on line {entry.line}."
    given, unknown = _known_people(entry.given, registry.directory)
    particulars = registry.directory.particulars(given, unit)
    missing = tuple(Remark("", problem) for problem in lacking(particulars))
    remarks = entry.remarks + unknown + missing
    return Outcome(entry.line, "new", entry.name, entry.url, remarks, particulars)


def _unit(named: str, registry: _Registry) -> Unit:
    """The unit of this name, made if that was asked for."""
    try:
        return registry.directory.unit(named)
    except RegistryError:
        slug = slugify(named)[:60]
        if not registry.create_units or not slug:
            raise
    unit = Unit(name=named, slug=slug)
    registry.directory.add(unit)
    registry.units.append(unit)
    return unit


def _known_people(
    given: AccountIn, known: Directory
) -> tuple[AccountIn, tuple[Remark, ...]]:
    """Without the people that nobody knows, and a remark of each."""
    remarks = []
    for role in ("owner", "deputy"):
        try:
            known.person(getattr(given, role))
        except RegistryError as error:
            given = given.model_copy(update={role: ""})
            remarks.append(Remark(role, str(error)))
    return given, tuple(remarks)
