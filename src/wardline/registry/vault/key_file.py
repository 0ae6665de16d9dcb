"""The file with the vault's keys: one a line, base64, the one that seals first."""

import base64
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wardline.registry.vault.errors import KeyStoreError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Keys that a power cut cannot lose: the file is only ever replaced whole."""

    path: Path

    def read(self) -> list[bytes]:
        """The keys; the first one seals.

        Raises:
            KeyStoreError: the file is missing, or holds something else.
        """
        try:
            keys = [base64.b64decode(line) for line in self.path.read_text().split()]
        except (OSError, ValueError) as error:
            msg = f"The vault's key file cannot be read: {self.path}. Restore it."
            raise KeyStoreError(msg) from error
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            msg = f"{self.path} does not hold base64 of 32 bytes. Restore the key file."
            raise KeyStoreError(msg)
        return keys

    def begin(self) -> None:
        """Put a fresh key first, unless an earlier rotation still has its old one."""
        keys = self.read()
        if len(keys) == 1:
            self._replace([secrets.token_bytes(KEY_BYTES), *keys])

    def finish(self) -> None:
        """Keep the first key alone."""
        self._replace(self.read()[:1])

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other process from changing the file; a kill lets go.

        Raises:
            KeyStoreError: another one is at it.
        """
        with self.path.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise KeyStoreError(
                    "Another process changes the vault's key. Wait until it is done."
                ) from error
            yield

    def _replace(self, keys: list[bytes]) -> None:
        fresh = self.path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.writelines(f"{base64.b64encode(key).decode()}\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
