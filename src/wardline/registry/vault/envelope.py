"""AES-256-GCM envelopes: a fresh key for every value, wrapped by the provider's."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wardline.registry.vault.keys import NONCE_BYTES, KeyProvider


class UnreadableError(Exception):
    """A sealed value cannot be opened: another key, or it was moved or altered."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value that only the provider's key opens, and only in its own place."""

    key_id: str
    wrapped_key: bytes
    sealed: bytes


def seal(value: str, *, aad: str, provider: KeyProvider) -> Sealed:
    """Encrypt `value`, bound to `aad` (`table:row:field:version`)."""
    data_key, nonce = AESGCM.generate_key(256), os.urandom(NONCE_BYTES)
    body = AESGCM(data_key).encrypt(nonce, value.encode(), aad.encode())
    wrapped = provider.wrap(data_key, aad.encode())
    return Sealed(provider.key_id, wrapped, nonce + body)


def unseal(sealed: Sealed, *, aad: str, provider: KeyProvider) -> str:
    """Decrypt what `seal` made for the same `aad`.

    Raises:
        UnreadableError: the key is another one, or the value was moved or altered.
    """
    if sealed.key_id != provider.key_id:
        msg = (
            f"This credential was sealed with key {sealed.key_id}, but the key in use "
            f"is {provider.key_id}. Restore the old key, or store the credential anew."
        )
        raise UnreadableError(msg)
    try:
        data_key = provider.unwrap(sealed.wrapped_key, aad.encode())
        nonce, body = sealed.sealed[:NONCE_BYTES], sealed.sealed[NONCE_BYTES:]
        return AESGCM(data_key).decrypt(nonce, body, aad.encode()).decode()
    except InvalidTag as error:
        raise UnreadableError(
            "This credential was altered, or copied from another account. "
            "Store it anew and tell the administrator."
        ) from error
