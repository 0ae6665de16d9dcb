"""Signs what the public is told, so that nobody has to trust the way it came.

Ed25519, https://www.rfc-editor.org/rfc/rfc8032 ; the keys are published as a JSON
Web Key Set, https://www.rfc-editor.org/rfc/rfc8037
"""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from wardline.registry.errors import RegistryError

KEY = "signing.key"
OLD = "signing.old"
"""Public keys that signed before, base64, one a line."""


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: the same bytes for equal values.

    For text, booleans and null this is RFC 8785.
    """
    told = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return told.encode()


def sign(content: bytes) -> str:
    """The value of the header `Wardline-Signature` for this body."""
    signature = base64.b64encode(_key().sign(content)).decode()
    return f'keyid="{key_id(_public(_key()))}", alg="ed25519", sig="{signature}"'


def key_id(public: bytes) -> str:
    """The thumbprint of a public key: https://www.rfc-editor.org/rfc/rfc7638 ."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": _url64(public)}
    return _url64(hashlib.sha256(canonical(members)).digest())


def published() -> dict[str, list[dict[str, str]]]:
    """Every key whose signatures are good, as a JSON Web Key Set; ours comes first."""
    return {"keys": [_jwk(public) for public in dict.fromkeys(_good())]}


def rotate() -> str:
    """Make another key the signing one, for processes that start from now on.

    The old public key is published on. A kill half way leaves a key that works.

    Raises:
        RegistryError: the environment gives the key, so it has to be changed there.
    """
    if settings.ENVIRONMENT.signing_key:
        msg = (
            "WARDLINE_SIGNING_KEY gives the key: put "
            f"{_base64(_public(_key()))} into WARDLINE_OLD_SIGNING_KEYS, "
            "then give another key."
        )
        raise RegistryError(msg)
    with (settings.KEYS / OLD).open("a") as old:
        old.write(_base64(_public(_kept())) + "\n")
        old.flush()
        os.fsync(old.fileno())
    fresh = settings.KEYS / f"{KEY}.new"
    fresh.unlink(missing_ok=True)
    fresh.touch(0o600)
    fresh.write_text(base64.b64encode(secrets.token_bytes(32)).decode())
    fresh.replace(settings.KEYS / KEY)
    return key_id(_public(_kept()))


@cache
def _key() -> Ed25519PrivateKey:
    return _private(settings.SIGNING_KEY)


def _kept() -> Ed25519PrivateKey:
    """The key in the file, which may be newer than the one this process has."""
    return _private((settings.KEYS / KEY).read_text())


def _good() -> Iterator[bytes]:
    yield _public(_key())
    if not settings.ENVIRONMENT.signing_key:
        yield _public(_kept())
        if (old := settings.KEYS / OLD).exists():
            yield from map(base64.b64decode, old.read_text().split())
    yield from map(base64.b64decode, settings.ENVIRONMENT.old_signing_keys)


def _private(written: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(written))


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _jwk(public: bytes) -> dict[str, str]:
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": key_id(public),
        "x": _url64(public),
    }


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _url64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
