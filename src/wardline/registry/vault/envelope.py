"""AES-256-GCM envelopes: a fresh key for every value, wrapped by the provider's."""

import os
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wardline.registry.vault.errors import UnreadableError
from wardline.registry.vault.keys import NONCE_BYTES, KeyProvider, Keyring


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


def unseal(sealed: Sealed, *, aad: str, keys: Keyring) -> str:
    """Decrypt what `seal` made for the same `aad`.

    Raises:
        UnreadableError: the key is not at hand, or the value was moved or altered.
    """
    data_key = _data_key(sealed, aad, keys)
    nonce, body = sealed.sealed[:NONCE_BYTES], sealed.sealed[NONCE_BYTES:]
    try:
        return AESGCM(data_key).decrypt(nonce, body, aad.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise _altered() from error


def rewrap(sealed: Sealed, *, aad: str, keys: Keyring) -> Sealed:
    """The same value under the current key; the value itself is not opened.

    Raises:
        UnreadableError: the old key is not at hand, or the row was moved or altered.
    """
    data_key = _data_key(sealed, aad, keys)
    wrapped = keys.current.wrap(data_key, aad.encode())
    return replace(sealed, key_id=keys.current.key_id, wrapped_key=wrapped)


def _data_key(sealed: Sealed, aad: str, keys: Keyring) -> bytes:
    key = keys.key(sealed.key_id)
    try:
        return key.unwrap(sealed.wrapped_key, aad.encode())
    except (InvalidTag, ValueError) as error:
        raise _altered() from error


def _altered() -> UnreadableError:
    return UnreadableError(
        "This credential was altered, or copied from another account. "
        "Store it anew and tell the administrator."
    )
