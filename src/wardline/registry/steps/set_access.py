"""Say what a person may do: roles for the whole hospital, and roles in units."""

from collections.abc import Set as AbstractSet

from django.contrib.auth.models import Group
from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Membership, Person
from wardline.people.roles import Role
from wardline.registry.errors import RegistryError
from wardline.registry.steps.rotation import ask_after_leaving
from wardline.registry.steps.watch_owners import watch_owners

InUnit = tuple[int, str]
"""A unit's id, and a role in it."""


def set_access(
    actor: Actor,
    person: Person,
    *,
    roles: AbstractSet[str],
    memberships: AbstractSet[InUnit],
) -> None:
    """Replace all that a person may do; what was granted and taken is recorded.

    Credentials that they saw and no longer hold have to be changed: tasks ask for it.

    Raises:
        DeniedError: the actor is not an administrator.
        RegistryError: administrators would lock themselves out.
    """
    require(actor, "people.manage")
    if person.pk == actor.id and Role.ADMINISTRATOR not in roles:
        raise RegistryError(
            "You cannot take the administrator's role from yourself. "
            "Ask another administrator."
        )
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        old = _named(person)
        person.groups.set([Group.objects.get_or_create(name=r)[0] for r in roles])
        person.memberships.all().delete()
        for unit_id, role in memberships:
            Membership.objects.create(person=person, unit_id=unit_id, role=role)
        new = _named(person)
        record(
            actor,
            "person.access",
            person,
            granted=sorted(new - old),
            taken=sorted(old - new),
        )
        ask_after_leaving(person)
        watch_owners()


def _named(person: Person) -> set[str]:
    """Every role as audit names it: `privacy`, `author of unit 3`."""
    inside = person.memberships.values_list("role", "unit_id")
    hospital_wide = person.groups.values_list("name", flat=True)
    return {*hospital_wide, *(f"{role} of unit {unit}" for role, unit in inside)}
