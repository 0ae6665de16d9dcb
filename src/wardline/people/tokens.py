"""Tokens of the API: how they look, what each scope opens, and whose one is."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from wardline.people.models import Token

SCOPES: Mapping[str, str] = {
    "registry:read": "Read accounts, versions, tasks, look-alikes; export accounts",
    "registry:request": "Ask for accounts, propose changes, take them back",
    "registry:review": "Approve, return, consent, restore, retire; judge look-alikes",
    "registry:keep": "Certify, step in, close tasks, look at profiles, report a compromise",
    "registry:import": "Import lists of accounts",
}
"""Every scope in words; it never lends more than the person may do."""

MARK = "wl_"
PREFIX = 10
"""Characters of a token that are kept to tell it by."""
USED = timedelta(minutes=1)
"""How exactly the last use is known: a write for each call would be dear."""


def fresh() -> str:
    """A token that nobody can guess: 256 random bits."""
    return MARK + secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of it: 64 hex digits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def owned_by(token: str) -> Token | None:
    """The token's row, if it is good today and its person still signs in."""
    now = timezone.now()
    row = (
        Token.objects.select_related("person")
        .filter(hash=hashed(token), revoked_at=None, expires_at__gt=now)
        .filter(person__is_active=True)
        .first()
    )
    if row:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USED)
        Token.objects.filter(stale, pk=row.pk).update(last_used_at=now)
    return row
