"""Let somebody decide for an office while one of its people is away."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.institution import current
from wardline.people.access import Actor, require
from wardline.people.models import Delegation, Person
from wardline.people.roles import Role
from wardline.publishing.errors import PublishingError


def delegate(  # noqa: PLR0913  (who, for whom, where and when)
    actor: Actor,
    *,
    office: str,
    person: Person,
    stand_in: Person,
    starts_at: datetime,
    ends_at: datetime,
) -> Delegation:
    """Have `stand_in` decide for the office while `person` is away.

    It ends by itself at `ends_at` (UTC), and when `person` leaves the office.

    Raises:
        DeniedError: the actor is neither of the office nor administrator.
        PublishingError: one of the two cannot be it, or the time is none.
    """
    require(actor, "office.delegate", office)
    _check_people(office, person, stand_in)
    if not timezone.now() < ends_at > starts_at:
        raise PublishingError("Choose an end that is ahead, and after the start.")
    with transaction.atomic():
        row = Delegation.objects.create(
            office=office,
            person=person,
            stand_in=stand_in,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        record(
            actor,
            "office.delegate",
            row,
            person=person.pk,
            stand_in=stand_in.pk,
            starts_at=starts_at.isoformat(),
            ends_at=ends_at.isoformat(),
        )
    return row


def _check_people(office: str, person: Person, stand_in: Person) -> None:
    if office not in current().offices:
        msg = f"There is no office '{office}'. Choose one of {_names()}."
        raise PublishingError(msg)
    name = current().offices[office].name
    if not person.groups.filter(name=office).exists():
        msg = f"{person} is not of the {name}: choose who of it is away."
        raise PublishingError(msg)
    if stand_in == person or not stand_in.is_active:
        raise PublishingError("Choose somebody else who signs in here to stand in.")
    if stand_in.groups.filter(name=Role.AUDITOR).exists():
        msg = f"{stand_in} is an auditor, who decides nothing: choose somebody else."
        raise PublishingError(msg)


def _names() -> str:
    return ", ".join(current().offices)
