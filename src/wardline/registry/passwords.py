"""What a password of an official account must be, and fresh ones that are.

Strength is zxcvbn's guess of how long guessing takes: https://github.com/dwolfhub/zxcvbn-python
"""

import re
import secrets
from itertools import chain

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from wardline.institution import current
from wardline.registry.breached import is_breached
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account

LENGTH = 20
LEAST_SCORE = 3
"""Of zxcvbn's 0 to 4: "safely unguessable, moderate protection if hashes leak"."""
_MOST_SCORED = 72
_WORD = re.compile(r"\w{3,}")
_KINDS = (
    "abcdefghijkmnpqrstuvwxyz",
    "ABCDEFGHJKLMNPQRSTUVWXYZ",
    "23456789",
    "-_.!?*+=",
)
"""Without what looks like another letter: people type these from paper."""


def generate() -> str:
    """A password of 20 letters, digits and signs: more than 110 bits."""
    while True:
        drawn = [secrets.choice("".join(_KINDS)) for _ in range(LENGTH)]
        if all(not kind.isdisjoint(drawn) for kind in map(frozenset, _KINDS)):
            return "".join(drawn)


@sensitive_variables()
def check(password: str, account: Account) -> None:
    """Refuse what is soon guessed, or is known from a breach.

    Raises:
        RegistryError: saying what to change.
    """
    if reason := weakness(password, account):
        raise RegistryError(reason)


@sensitive_variables()
def weakness(password: str, account: Account) -> str:
    """Why a password is not good enough, in words; empty if it is."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  (its word lists take 0.1 s to read)

    found = zxcvbn(password[:_MOST_SCORED], user_inputs=words_about(account))
    if found["score"] < LEAST_SCORE:
        hint = found["feedback"]["warning"] or "It is soon guessed"
        return f"{hint.rstrip('.')}. Take a longer one, or the one suggested here."
    listed = settings.BREACHED_PASSWORDS
    if listed and is_breached(password, listed):
        return "This password is known from a breach elsewhere. Take another one."
    return ""


def words_about(account: Account) -> list[str]:
    """Words that a guesser would try first: of the account and of the hospital."""
    here = current()
    texts = (
        account.name,
        account.handle,
        account.unit.name,
        account.official_email,
        here.name,
        here.short_name,
        *here.aliases,
        *here.own_sites,
    )
    return sorted({*texts, *chain.from_iterable(map(_WORD.findall, texts))} - {""})
