"""Put another key in place of the vault's, and re-wrap everything under it.

A kill at any point loses nothing: until the last row is done, both keys open what
they sealed, and the next run goes on where this one ended.
"""

from contextlib import ExitStack
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.registry.models import Secret
from wardline.registry.vault.key_file import KeyFile
from wardline.registry.vault.keys import keyring
from wardline.registry.vault.rewrapping import behind, rewrap_all

BATCH = 200


@dataclass(frozen=True, slots=True)
class Rotation:
    """The key in use now, how many rows came under it, and which cannot be opened."""

    key_id: str
    moved: int
    left: tuple[str, ...]


def rotate_key(actor: Actor, *, batch: int = BATCH) -> Rotation:
    """Make a fresh key in the key file, or take the one set anew; re-wrap in batches.

    The old key goes from the file once no row needs it. Keys of variables or a token
    are the operator's to take away then.

    Raises:
        DeniedError: the person is not an administrator.
        KeyStoreError: the keys cannot be read, or another rotation is under way.
    """
    require(actor, "vault.operate")
    file = _file()
    with ExitStack() as alone:
        if file:
            alone.enter_context(file.alone())
            file.begin()
        keys = keyring()
        _note(actor, "vault.rotate-key", key=keys.current.key_id)
        moved = rewrap_all(keys, batch)
        with transaction.atomic():
            # The entry locks the chain: whoever stores a credential waits here, and
            # reads the keys only then.
            _note(actor, "vault.rotated-key", key=keys.current.key_id, moved=moved)
            moved += rewrap_all(keys, batch)
            left = tuple(map(str, behind(keys).select_related("account")))
            if file and not left:
                file.finish()
    return Rotation(keys.current.key_id, moved, left)


def _file() -> KeyFile | None:
    """The key file, if the key that seals is in it."""
    if settings.VAULT_KEY or settings.VAULT_PKCS11.module:
        return None
    return KeyFile(settings.VAULT_KEY_FILE)


def _note(actor: Actor, action: str, **detail: object) -> None:
    with transaction.atomic():
        record(actor, action, ContentType.objects.get_for_model(Secret), **detail)
