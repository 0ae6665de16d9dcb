"""Enter a unit of the hospital, so that it can have accounts and members."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Unit
from wardline.registry.errors import RegistryError


def add_unit(actor: Actor, *, name: str) -> Unit:
    """Enter a unit; its address is made from the name.

    Raises:
        DeniedError: the actor is not an administrator.
        RegistryError: the name is taken, or has no letter that an address can hold.
    """
    require(actor, "people.manage")
    slug = slugify(name)[:60]
    if not slug:
        raise RegistryError("Give the unit a name with letters or digits.")
    try:
        with transaction.atomic():
            unit = Unit.objects.create(name=name, slug=slug)
            record(actor, "unit.add", unit)
    except IntegrityError as error:
        msg = f"There is a unit of this name already: {name}."
        raise RegistryError(msg) from error
    return unit
