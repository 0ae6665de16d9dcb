"""Custody of credentials: sealed at rest, audited before every use."""

from wardline.registry.vault.custody import NoCredentialError, store, use
from wardline.registry.vault.envelope import UnreadableError

__all__ = ["NoCredentialError", "UnreadableError", "store", "use"]
