"""Units and people by what a file or a caller names them by."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import slugify

from wardline.people.models import Person, Unit
from wardline.registry.errors import RegistryError
from wardline.registry.particulars import Particulars
from wardline.registry.schema import AccountIn

BATCH = 500


@dataclass(frozen=True, slots=True)
class Directory:
    """Units by name and short name without regard to case, people by e-mail."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def unit(self, named: str) -> Unit:
        """The unit of this name.

        Raises:
            RegistryError: there is none.
        """
        short = slugify(named)
        if unit := self.units.get(named.casefold()) or self.units.get(short):
            return unit
        msg = f"There is no unit “{named}”: correct the name, or have it entered."
        raise RegistryError(msg)

    def person(self, email: str) -> Person | None:
        """Whoever signs in with this address; None for an empty one.

        Raises:
            RegistryError: nobody does.
        """
        if not email or (person := self.people.get(email)):
            return person if email else None
        msg = f"Nobody signs in as {email}: correct it, or have the person added."
        raise RegistryError(msg)

    def add(self, unit: Unit) -> None:
        """Know one more unit."""
        self.units[unit.slug.casefold()] = self.units[unit.name.casefold()] = unit

    def particulars(self, given: AccountIn, unit: Unit | None = None) -> Particulars:
        """What was given, with its people found, and its unit unless that is told.

        Raises:
            RegistryError: one of them is not known.
        """
        named = {"unit", "owner", "deputy", "tags"}
        return Particulars(
            unit=unit or self.unit(given.unit),
            owner=self.person(given.owner),
            deputy=self.person(given.deputy),
            tags=tuple(given.tags),
            **given.model_dump(exclude=named),
        )


def directory(emails: Iterable[str]) -> Directory:
    """All units, and those of the people who sign in."""
    found = Directory()
    for unit in Unit.objects.all():
        found.add(unit)
    asked = sorted({email.lower() for email in emails if email})
    for start in range(0, len(asked), BATCH):
        people = Person.objects.filter(email__in=asked[start : start + BATCH])
        for person in people.prefetch_related("memberships"):
            found.people[person.email.lower()] = person
    return found
