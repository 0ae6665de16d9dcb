"""Put a patient's signed authorization on record, without saying who the patient is.

https://www.ecfr.gov/current/title-45/section-164.508 (c)(1) says what one must hold.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Unit
from wardline.publishing.authorizations import COVERS
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Authorization
from wardline.publishing.screen import screen
from wardline.publishing.times import hospital_time
from wardline.registry.models import Account

NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9./_-]+")
NAMING = frozenset({"name", "mrn", "ssn", "email", "phone"})


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signed form says; `given_by` is `person` or `representative`.

    `expires_at` is None where the form names an event: then `scope` says which.
    """

    unit: Unit
    reference: str
    kept_at: str
    given_by: str
    covers: frozenset[str]
    scope: str
    accounts: frozenset[Account]
    signed_on: date
    expires_at: datetime | None = None
    relation: str = ""


def record_authorization(actor: Actor, signed: Signed) -> Authorization:
    """Record that a patient, or who speaks for them, gave leave.

    Raises:
        DeniedError: the person is not of the Privacy Office.
        PublishingError: something is missing, has passed, or names somebody.
    """
    require(actor, "authorization.record", signed.unit)
    _check(signed)
    with transaction.atomic():
        row = Authorization.objects.create(
            unit=signed.unit,
            reference=signed.reference,
            kept_at=signed.kept_at.strip(),
            given_by=signed.given_by,
            relation=signed.relation.strip(),
            covers=sorted(signed.covers),
            scope=signed.scope.strip(),
            signed_on=signed.signed_on,
            expires_at=signed.expires_at,
            recorded_by_id=actor.id,
        )
        row.accounts.set(signed.accounts)
        record(actor, "authorization.record", row, covers=row.covers)
    return row


def _check(signed: Signed) -> None:
    if not NUMBER.fullmatch(signed.reference):
        raise PublishingError(
            "Give the number of the signed form, such as PA-2026-014: "
            "a number without spaces, and no name."
        )
    if Authorization.objects.filter(reference=signed.reference).exists():
        msg = f"The form {signed.reference} is on record already."
        raise PublishingError(msg)
    if not signed.kept_at.strip() or not signed.scope.strip():
        raise PublishingError("Say what it is for, and where the signed form is kept.")
    if signed.given_by == "representative" and not signed.relation.strip():
        raise PublishingError("Say why the representative may sign: parent, guardian …")
    if not signed.covers or not signed.covers <= COVERS.keys():
        raise PublishingError("Say what it covers.")
    _check_reach(signed)
    _check_names(signed)


def _check_reach(signed: Signed) -> None:
    """Where it is good, and how long."""
    if not signed.accounts:
        raise PublishingError("Choose the accounts that the form allows.")
    for account in signed.accounts:
        if account.unit_id != signed.unit.pk:
            msg = f"{account} is not an account of {signed.unit}."
            raise PublishingError(msg)
    if signed.signed_on > hospital_time(timezone.now()).date():
        raise PublishingError("It cannot be signed on a day that is still to come.")
    if signed.expires_at and signed.expires_at <= timezone.now():
        raise PublishingError("It has ended already: nothing can be shown with it.")


def _check_names(signed: Signed) -> None:
    words = "\n".join([signed.kept_at, signed.scope, signed.relation])
    for found in screen("", words, "network")[0]:
        if found["kind"] in NAMING:
            msg = f"Leave out “{found['quote']}”: nothing here may tell who it is."
            raise PublishingError(msg)
