"""Close a person's sign-in when they leave, and open it again."""

from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Person
from wardline.registry.errors import RegistryError
from wardline.registry.steps.rotation import ask_after_leaving
from wardline.registry.steps.watch_owners import watch_owners


def deactivate_person(actor: Actor, person: Person) -> None:
    """Close the sign-in; open sessions end with their next request.

    Credentials that the person saw have to be changed: tasks ask for it.

    Raises:
        DeniedError: the actor is not an administrator.
        RegistryError: it is the actor's own.
    """
    require(actor, "people.manage")
    if person.pk == actor.id:
        raise RegistryError("You cannot close your own sign-in.")
    _set(actor, person, active=False)


def reactivate_person(actor: Actor, person: Person) -> None:
    """Open the sign-in again, with the roles that the person had.

    Raises:
        DeniedError: the actor is not an administrator.
    """
    require(actor, "people.manage")
    _set(actor, person, active=True)


def _set(actor: Actor, person: Person, *, active: bool) -> None:
    with transaction.atomic():
        person.is_active = active
        person.save(update_fields=["is_active"])
        record(actor, "person.reactivate" if active else "person.deactivate", person)
        ask_after_leaving(person)
        watch_owners()
