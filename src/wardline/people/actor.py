"""A person's standing, and the answer to whether it suffices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from wardline.people.roles import Role, UnitRole

LONGEST_PERSON = 80
"""Characters of a name beside which the way still fits on record."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person's standing: hospital-wide roles, and roles by unit id."""

    id: int
    name: str
    roles: frozenset[str] = frozenset()
    units: Mapping[int, frozenset[str]] = field(default_factory=dict)
    stands_in: frozenset[str] = frozenset()
    """Offices for which the person decides while one of theirs is away."""

    def through(self, way: str) -> "Actor":
        """The same standing; what is recorded names the way: a token, a command."""
        return replace(self, name=f"{self.name[:LONGEST_PERSON]} ({way})")

    @property
    def offices(self) -> frozenset[str]:
        """The offices for which the person decides, and the other roles."""
        return self.roles | self.stands_in

    def has(self, *roles: str) -> bool:
        """Whether the person has one of these hospital-wide roles."""
        return not self.roles.isdisjoint(roles)

    def is_in(self, unit_id: int, *roles: str) -> bool:
        """Whether the person has one of these roles (any, if none named) in the unit."""
        held = self.units.get(unit_id, frozenset())
        return bool(held if not roles else held.intersection(roles))


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with the reason in words."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Decision()
Rule = Callable[[Actor, Any], Decision]


class UnitThing(Protocol):
    """What belongs to a unit: an account."""

    unit_id: int


class Keyed(Protocol):
    """What has an id: a unit."""

    pk: int


def only(*roles: Role) -> Rule:
    """A rule that takes one of these hospital-wide roles."""
    names = " or ".join(role.label for role in roles)

    def rule(actor: Actor, _thing: object) -> Decision:
        if actor.has(*roles):
            return YES
        return Decision(f"This takes the role {names}.")

    return rule


def author_of(actor: Actor, unit_id: int) -> Decision:
    """Whether the person writes for the unit."""
    if actor.is_in(unit_id, UnitRole.AUTHOR):
        return YES
    return Decision("Only an author of the unit may do this.")
