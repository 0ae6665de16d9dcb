"""Give a person a token for the API, and take it away again."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Token
from wardline.people.tokens import PREFIX, SCOPES, fresh, hashed
from wardline.registry.errors import RegistryError

LONGEST = timedelta(days=366)


def issue_token(
    actor: Actor, *, name: str, scopes: Collection[str], lasts: timedelta
) -> tuple[Token, str]:
    """Make a token of the person's own; the second value is shown once, never kept.

    Raises:
        RegistryError: no name, no scope, an unknown one, or it lasts too long.
    """
    if not name.strip():
        raise RegistryError("Say what the token is for.")
    if not scopes or not SCOPES.keys() >= set(scopes):
        msg = f"Choose what it may do, of {', '.join(SCOPES)}."
        raise RegistryError(msg)
    if not timedelta() < lasts <= LONGEST:
        msg = f"A token lasts from one day to {LONGEST.days} days."
        raise RegistryError(msg)
    token = fresh()
    with transaction.atomic():
        row = Token.objects.create(
            person_id=actor.id,
            name=name.strip(),
            prefix=token[:PREFIX],
            hash=hashed(token),
            scopes=sorted(scopes),
            expires_at=timezone.now() + lasts,
        )
        record(actor, "token.issue", row, scopes=row.scopes)
    return row, token


def revoke_token(actor: Actor, token: Token) -> None:
    """End it at once; doing so twice changes nothing.

    Raises:
        DeniedError: it is somebody else's.
    """
    require(actor, "token.revoke", token)
    with transaction.atomic():
        live = Token.objects.filter(pk=token.pk, revoked_at=None)
        if live.update(revoked_at=timezone.now()):
            record(actor, "token.revoke", token)
