"""Where the key that wraps all others comes from: a provider has two methods."""

import base64
import hashlib
import os
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class KeyProvider(Protocol):
    """Wraps and unwraps data keys without showing its own."""

    key_id: str

    def wrap(self, data_key: bytes, aad: bytes) -> bytes:
        """Encrypt a data key, bound to `aad`."""

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """Decrypt what `wrap` made with the same `aad`."""


class ConfiguredKey:
    """The key that the settings give: a file outside the database, or a variable."""

    def __init__(self) -> None:
        key = base64.b64decode(settings.VAULT_KEY)
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"wardline key id" + key).hexdigest()[:16]

    def wrap(self, data_key: bytes, aad: bytes) -> bytes:
        """Encrypt a data key, bound to `aad`; the nonce comes first."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data_key, aad)

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """Decrypt what `wrap` made with the same `aad`."""
        return self._cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], aad)
