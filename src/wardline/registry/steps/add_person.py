"""Let a person sign in, and set their password anew."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Person
from wardline.registry.errors import RegistryError
from wardline.registry.steps.issue_token import revoke_token


@sensitive_variables()
def add_person(
    actor: Actor, *, email: str, name: str, password: str = ""
) -> tuple[Person, str]:
    """Add a person; the password is the given one or a fresh one, to be told once.

    Raises:
        DeniedError: the actor is not an administrator.
        RegistryError: the address is taken, or the password is too weak.
    """
    require(actor, "people.manage")
    chosen = _checked(password, Person(email=email, name=name))
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, chosen, name=name)
            record(actor, "person.add", person)
    except IntegrityError as error:
        msg = f"{email} signs in already: look in the list of people."
        raise RegistryError(msg) from error
    return person, chosen


@sensitive_variables()
def set_password(actor: Actor, person: Person, password: str = "") -> str:
    """Give a person another password, and return it to be told once.

    Every session of theirs ends, and every token: whoever knew the old password may
    have made one.

    Raises:
        DeniedError: the actor is not an administrator.
        RegistryError: the password is too weak.
    """
    require(actor, "people.manage")
    chosen = _checked(password, person)
    with transaction.atomic():
        person.set_password(chosen)
        person.save(update_fields=["password"])
        record(actor, "person.password", person)
        for token in person.tokens.filter(revoked_at=None):
            revoke_token(actor, token)
    return chosen


def _checked(password: str, person: Person) -> str:
    if not password:
        return secrets.token_urlsafe(12)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise RegistryError(" ".join(error.messages)) from error
    return password
