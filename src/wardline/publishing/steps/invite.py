"""Ask somebody without an account to decide for the office, by a link that works once."""

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.tokens import hashed
from wardline.publishing.approval import require_no_writer, require_open
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import ApprovalLink, Clearance, Draft

LONGEST_NAME, LONGEST_EMAIL = 120, 254
LONGEST = 24 * 14
"""Hours: what is not decided in two weeks is better asked anew."""


def invite(
    actor: Actor, clearance: Clearance, *, name: str, email: str, hours: int = 72
) -> str:
    """Make the link; its token is told here and nowhere else.

    Raises:
        DeniedError: not this office, or a writer of this draft.
        PublishingError: no name or address, a writer's address, a hold that the
            office itself must lift, or it is decided already.
    """
    require(actor, "clearance.invite", clearance)
    name, email = " ".join(name.split()), email.strip()
    _check(name, email, hours)
    token, now = secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=clearance.draft_id)
        clearance = Clearance.objects.select_related("draft").get(pk=clearance.pk)
        require_open(clearance)
        require_no_writer(draft, email)
        link = ApprovalLink.objects.create(
            clearance=clearance,
            name=name,
            email=email,
            hash=hashed(token),
            made_by_id=actor.id,
            expires_at=now + timedelta(hours=hours),
        )
        invited = {"link": link.pk, "name": name, "email": email, "hours": hours}
        record(actor, "clearance.invite", clearance, invited=invited)
    return token


def revoke_link(actor: Actor, link: ApprovalLink) -> None:
    """Take a link back that was not used.

    Raises:
        DeniedError: not this office, or a writer of this draft.
        PublishingError: it was used or taken back already.
    """
    require(actor, "clearance.invite", link.clearance)
    now = timezone.now()
    with transaction.atomic():
        unused = ApprovalLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
        if not unused.update(revoked_at=now):
            raise PublishingError("This link was used or taken back already.")
        record(actor, "clearance.uninvite", link.clearance, link=link.pk)
    link.revoked_at = now


def _check(name: str, email: str, hours: int) -> None:
    if not 0 < len(name) <= LONGEST_NAME:
        raise PublishingError("Write the name of the person, in 120 letters at most.")
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_EMAIL)(email)
    except ValidationError as error:
        raise PublishingError("Write the person's e-mail address in full.") from error
    if not 1 <= hours <= LONGEST:
        msg = f"Let the link work for 1 to {LONGEST} hours."
        raise PublishingError(msg)
