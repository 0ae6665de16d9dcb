"""Keys that never leave a PKCS#11 token; wants the extra `wardline[pkcs11]`.

The token has AES keys of 32 bytes that may encrypt, decrypt and sign (for CMAC).
https://docs.oasis-open.org/pkcs11/pkcs11-curr/v3.0/pkcs11-curr-v3.0.html
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag

from wardline.environment import Pkcs11
from wardline.registry.vault.errors import KeyStoreError
from wardline.registry.vault.keys import KEY_BYTES, NONCE_BYTES

try:
    import pkcs11
    from pkcs11.exceptions import PKCS11Error, UserAlreadyLoggedIn
except ImportError as error:
    raise KeyStoreError(
        "WARDLINE_VAULT_PKCS11_MODULE is set, but the library for it is missing: "
        "pip install 'wardline[pkcs11]'."
    ) from error

_TAG_BITS = 128
_BLOCK = 16  # bytes of one CMAC

_one_at_a_time = Lock()
"""A session does one thing at a time, and a process signs in to a token once."""


@dataclass(frozen=True, slots=True)
class TokenKey:
    """One key of the token: all that is done with it is done there."""

    key: Any

    @property
    def key_id(self) -> str:
        """Made from the key itself, as its label may be given to another one."""
        return self._cmac(b"wardline key id")[:8].hex()

    def wrap(self, data_key: bytes, aad: bytes) -> bytes:
        """Encrypt a data key, bound to `aad`; the nonce comes first."""
        nonce = os.urandom(NONCE_BYTES)
        with _asked():
            wrapped: bytes = self.key.encrypt(data_key, **_gcm(nonce, aad))
        return nonce + wrapped

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """Decrypt what `wrap` made with the same `aad`."""
        nonce, body = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            with _one_at_a_time:
                data_key: bytes = self.key.decrypt(body, **_gcm(nonce, aad))
        except PKCS11Error as error:
            raise InvalidTag from error
        return data_key

    def derive(self, purpose: bytes) -> bytes:
        """Another key of 32 bytes: NIST SP 800-108 in counter mode, with CMAC."""
        label = purpose + b"\0" + (KEY_BYTES * 8).to_bytes(4)
        blocks = range(1, KEY_BYTES // _BLOCK + 1)
        return b"".join(self._cmac(bytes([number]) + label) for number in blocks)

    def _cmac(self, text: bytes) -> bytes:
        with _asked():
            code: bytes = self.key.sign(text, mechanism=pkcs11.Mechanism.AES_CMAC)
        return code


@contextmanager
def _asked() -> Iterator[None]:
    """One thing at a time; what the token refuses is told."""
    try:
        with _one_at_a_time:
            yield
    except PKCS11Error as error:
        _session.cache_clear()
        msg = f"The token refused ({type(error).__name__}). Try again, then look at it."
        raise KeyStoreError(msg) from error


def keys(place: Pkcs11) -> list[TokenKey]:
    """The AES keys of the token; the one that has the label seals and comes first.

    Raises:
        KeyStoreError: the token does not answer, or has no such key.
    """
    try:
        with _one_at_a_time:
            session = _session(place.module, place.token, place.pin)
            found: list[Any] = list(session.get_objects(_WANTED))
            found.sort(key=lambda key: key.label != place.key)
    except (PKCS11Error, RuntimeError) as error:
        _session.cache_clear()  # the next one signs in again
        msg = (
            f"The token {place.token} does not answer ({type(error).__name__}). "
            "Check WARDLINE_VAULT_PKCS11_MODULE, …_TOKEN and …_PIN."
        )
        raise KeyStoreError(msg) from error
    if not found or found[0].label != place.key:
        msg = f"The token {place.token} has no AES key labelled {place.key}."
        raise KeyStoreError(msg)
    return [TokenKey(key) for key in found]


_WANTED = {
    pkcs11.Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY,
    pkcs11.Attribute.KEY_TYPE: pkcs11.KeyType.AES,
    pkcs11.Attribute.SIGN: True,
}


@lru_cache(maxsize=1)
def _session(module: str, token: str, pin: str) -> pkcs11.Session:
    found = pkcs11.lib(module).get_token(token_label=token)
    try:
        return found.open(user_pin=pin)
    except UserAlreadyLoggedIn:  # in a session that is lost
        return found.open()


def _gcm(nonce: bytes, aad: bytes) -> dict[str, Any]:
    return {
        "mechanism": pkcs11.Mechanism.AES_GCM,
        "mechanism_param": pkcs11.GCMParams(nonce, aad, _TAG_BITS),
    }
