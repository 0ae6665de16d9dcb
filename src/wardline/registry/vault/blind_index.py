"""Tells that two accounts have the same password, and nothing else.

A keyed hash, so that whoever has the database alone can try no words against it.
"""

import hmac
import unicodedata

from wardline.registry.models import Account, Secret
from wardline.registry.vault.errors import ReusedError
from wardline.registry.vault.keys import KeyProvider, Keyring

FIELDS = frozenset({"password", "secret"})
"""What must be used nowhere else."""
_PURPOSE = b"wardline blind index"


def blind_index(value: str, key: KeyProvider) -> str:
    """HMAC-SHA256 in hex over the NFC form, under a key derived for this alone."""
    composed = unicodedata.normalize("NFC", value)
    return hmac.digest(key.derive(_PURPOSE), composed.encode(), "sha256").hex()


def every_index(value: str, keys: Keyring) -> set[str]:
    """As any key at hand may have written it: a rotation may be under way."""
    return {blind_index(value, key) for key in keys.keys}


def refuse_reuse(account: Account, indexes: set[str]) -> None:
    """Do nothing if no other account has this value.

    Raises:
        ReusedError: one has.
    """
    others = Secret.objects.filter(blind_index__in=indexes).exclude(account=account)
    if (other := others.first()) is not None:
        raise ReusedError(other.account_id)
