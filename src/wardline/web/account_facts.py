"""What is on record of an account in words, and what a version changes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from wardline import channels
from wardline.people.models import Person, Unit
from wardline.registry.models import Account, Version
from wardline.web.kinds import KINDS

Kept = Mapping[str, Any]
"""The particulars of an account as its versions keep them."""

LABELS = {
    "unit_id": "Unit",
    "name": "Name that readers see",
    "channel": "How posts get there",
    "kind": "Kind of site",
    "url": "Address",
    "handle": "Handle",
    "platform_id": "The site's own id",
    "official_email": "Official e-mail",
    "owner_id": "Owner",
    "deputy_id": "Deputy",
    "contacts": "Contacts for the public",
    "language": "Language",
    "description": "What it is for",
    "audience": "Readers",
    "fundraising": "Asks for donations",
    "tags": "Tags",
    "notes": "Notes of the registrar",
}
_NAMED: Mapping[str, Mapping[str, str]] = {
    "channel": {key: one.capabilities.label for key, one in channels.all().items()},
    "kind": dict(KINDS),
    "language": {code: str(name) for code, name in settings.LANGUAGES},
}


@dataclass(frozen=True, slots=True)
class Names:
    """The units and people that some versions speak of, by their ids."""

    units: Mapping[int, str]
    people: Mapping[int, str]

    def words(self, field: str, value: Any) -> str:  # noqa: ANN401  as JSON has it
        """One particular as a reader sees it; "" where nothing is kept."""
        if field == "tags":
            return ", ".join(value)
        if field == "fundraising":
            return "Yes" if value else "No"
        if field == "unit_id":
            return self.units.get(value, "")
        if field in {"owner_id", "deputy_id"}:
            return self.people.get(value, "")
        return _NAMED.get(field, {}).get(value, str(value))


@dataclass(frozen=True, slots=True)
class Fact:
    """A particular in words, and what it was before; both may be empty."""

    label: str
    now: str
    before: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One version, and what it changes of what was on record before it."""

    version: Version
    first: bool
    changes: list[Fact]


def names_in(kept: Iterable[Kept]) -> Names:
    """The names that are needed to put some versions into words, in two queries."""
    every = list(kept)
    people = {each[name] for each in every for name in ("owner_id", "deputy_id")}
    units = Unit.objects.in_bulk({each["unit_id"] for each in every})
    return Names(
        {pk: str(unit) for pk, unit in units.items()},
        {pk: str(one) for pk, one in Person.objects.in_bulk(people - {None}).items()},
    )


def kept_of(account: Account) -> Kept:
    """What is on record, as its versions keep it."""
    return {name: getattr(account, name) for name in LABELS}


def record_of(account: Account, *, notes: bool) -> list[Fact]:
    """All that is on record, in order."""
    kept = kept_of(account)
    return compared(kept, kept, names_in([kept]), notes=notes)


def compared(new: Kept, old: Kept | None, names: Names, *, notes: bool) -> list[Fact]:
    """Every particular of `new` beside that of `old`; without `old` all are new."""
    return [
        Fact(
            label,
            names.words(name, new[name]),
            names.words(name, old[name]) if old else "",
            changed=old is None or new[name] != old[name],
        )
        for name, label in LABELS.items()
        if notes or name != "notes"
    ]


def history(versions: Sequence[Version], *, notes: bool) -> list[Step]:
    """Each version against what was on record when it was made; the newest first.

    `versions` are all of one account, the newest first.
    """
    names = names_in(version.particulars for version in versions)
    steps: list[Step] = []
    on_record: Kept | None = None
    for version in reversed(versions):
        kept = version.particulars
        facts = compared(kept, on_record, names, notes=notes)
        changes = [f for f in facts if f.changed and (f.now or f.before)]
        steps.append(Step(version, on_record is None, changes))
        if version.state == "approved":
            on_record = kept
    return steps[::-1]
