"""Custody of credentials: sealed at rest, audited before every use."""

from wardline.registry.vault.custody import store, use
from wardline.registry.vault.errors import (
    EmptyError,
    KeyStoreError,
    NoCredentialError,
    ReusedError,
    UnreadableError,
    VaultError,
)

__all__ = [
    "EmptyError",
    "KeyStoreError",
    "NoCredentialError",
    "ReusedError",
    "UnreadableError",
    "VaultError",
    "store",
    "use",
]
