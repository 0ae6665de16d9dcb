"""Bringing rows under the key that seals now."""

from django.db import transaction
from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from wardline.registry.models import Secret
from wardline.registry.vault.blind_index import FIELDS, blind_index
from wardline.registry.vault.custody import aad, opened, sealed
from wardline.registry.vault.envelope import rewrap
from wardline.registry.vault.errors import UnreadableError
from wardline.registry.vault.keys import Keyring


def behind(keys: Keyring) -> QuerySet[Secret]:
    """Rows that another key than the current one sealed."""
    return Secret.objects.exclude(key_id=keys.current.key_id)


def rewrap_all(keys: Keyring, batch: int) -> int:
    """Bring them under the current key, `batch` rows a transaction; how many came.

    What cannot be opened stays as it is.
    """
    last, moved = 0, 0
    while rows := list(behind(keys).filter(pk__gt=last).order_by("pk")[:batch]):
        with transaction.atomic():
            moved += sum(_moved(row, keys) for row in rows)
        last = rows[-1].pk
    return moved


@sensitive_variables()
def _moved(row: Secret, keys: Keyring) -> bool:
    """Whether it came; not if its value was replaced in the meantime."""
    place = aad(row.account_id, row.field, row.version)
    try:
        fresh = rewrap(sealed(row), aad=place, keys=keys)
        # The index is keyed too, so a password has to be opened for a new one.
        value = opened(row, keys) if row.field in FIELDS else None
    except UnreadableError:
        return False
    same = Secret.objects.filter(pk=row.pk, version=row.version, key_id=row.key_id)
    return bool(
        same.update(
            key_id=fresh.key_id,
            wrapped_key=fresh.wrapped_key,
            blind_index=blind_index(value, keys.current) if value is not None else "",
        )
    )
