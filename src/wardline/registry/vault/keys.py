"""The keys that wrap all others: what a provider does, and which keys are at hand."""

import base64
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from wardline.registry.vault.errors import UnreadableError
from wardline.registry.vault.key_file import KeyFile

NONCE_BYTES = 12
KEY_BYTES = 32


class KeyProvider(Protocol):
    """Wraps and unwraps data keys without showing its own."""

    @property
    def key_id(self) -> str:
        """Names the key in the rows that it wraps; 16 hex digits that tell nothing."""

    def wrap(self, data_key: bytes, aad: bytes) -> bytes:
        """Encrypt a data key, bound to `aad`."""

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """Decrypt what `wrap` made with the same `aad`.

        Raises:
            UnreadableError: it was altered, or belongs elsewhere.
        """

    def derive(self, purpose: bytes) -> bytes:
        """Another key of 32 bytes: the same for the same purpose, and no way back."""


class LocalKey:
    """A key in this process's memory: from a file outside the database, or a variable.

    Derives with HKDF: https://www.rfc-editor.org/rfc/rfc5869
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"wardline key id" + key).hexdigest()[:16]

    def wrap(self, data_key: bytes, aad: bytes) -> bytes:
        """Encrypt a data key, bound to `aad`; the nonce comes first."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data_key, aad)

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """Decrypt what `wrap` made with the same `aad`."""
        return self._cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], aad)

    def derive(self, purpose: bytes) -> bytes:
        """Another key of 32 bytes, for `purpose` alone."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(self._key)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key that seals, first, and those that still open what they sealed."""

    keys: tuple[KeyProvider, ...]

    @property
    def current(self) -> KeyProvider:
        """The key that seals."""
        return self.keys[0]

    def key(self, key_id: str) -> KeyProvider:
        """The key of this id.

        Raises:
            UnreadableError: it is not at hand.
        """
        for key in self.keys:
            if key.key_id == key_id:
                return key
        msg = (
            f"This credential was sealed with key {key_id}, but the key in use "
            f"is {self.current.key_id}. Restore the old key, or store the credential "
            "anew."
        )
        raise UnreadableError(msg)


def keyring() -> Keyring:
    """The keys that the settings give, read anew so that a rotation is seen at once.

    Raises:
        KeyStoreError: the file or the token cannot be read.
    """
    keys: list[KeyProvider] = [LocalKey(key) for key in _local()]
    if settings.VAULT_PKCS11.module:
        from wardline.registry.vault import token  # noqa: PLC0415  (an extra)

        keys = [*token.keys(settings.VAULT_PKCS11), *keys]
    return Keyring(tuple(keys))


def _local() -> Iterator[bytes]:
    """Keys of the variables, else of the file; a token may do without either."""
    if settings.VAULT_KEY:
        yield base64.b64decode(settings.VAULT_KEY)
    elif settings.VAULT_KEY_FILE.exists() or not settings.VAULT_PKCS11.module:
        yield from KeyFile(settings.VAULT_KEY_FILE).read()
    yield from map(base64.b64decode, settings.VAULT_OLD_KEYS)
