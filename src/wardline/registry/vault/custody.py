"""Storing a credential and using it: the audit entry is committed before any use."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from wardline.audit.record import record
from wardline.people.access import Actor
from wardline.registry.models import Account, Secret
from wardline.registry.vault.blind_index import (
    FIELDS,
    blind_index,
    every_index,
    refuse_reuse,
)
from wardline.registry.vault.envelope import Sealed, seal, unseal
from wardline.registry.vault.errors import EmptyError, NoCredentialError
from wardline.registry.vault.keys import Keyring, keyring


@sensitive_variables()
def store(
    actor: Actor,
    account: Account,
    field: str,
    value: str,
    *,
    expires_at: datetime | None = None,
) -> bool:
    """Seal `value` as the account's `field`, and return whether it became another one.

    `expires_at` (UTC) is when the channel stops to accept it, if that is known.

    Raises:
        EmptyError: there is no value, and what is stored stays.
        ReusedError: another account has this password.
    """
    if not value.strip():
        raise EmptyError
    with transaction.atomic():
        # First of all, as it locks the chain: of two that store the same password at
        # once one waits here, and a rotation waits before it drops the old key.
        entry = record(actor, "vault.store", account, field=field)
        keys = keyring()
        old = account.secrets.filter(field=field).first()
        indexes = every_index(value, keys) if field in FIELDS else set()
        refuse_reuse(account, indexes)
        same = old is not None and old.blind_index in indexes
        version = old.version + 1 if old else 1
        envelope = seal(
            value, aad=aad(account.pk, field, version), provider=keys.current
        )
        index = blind_index(value, keys.current) if indexes else ""
        Secret.objects.update_or_create(
            account=account,
            field=field,
            defaults={
                "version": version,
                "key_id": envelope.key_id,
                "wrapped_key": envelope.wrapped_key,
                "sealed": envelope.sealed,
                "blind_index": index,
                "expires_at": expires_at,
                **({} if same else {"changed_at": entry.at}),
            },
        )
    return not same


@sensitive_variables()
def use(
    actor: Actor,
    account: Account,
    *fields: str,
    purpose: str,
    action: str = "vault.use",
    claim: Callable[[], None] | None = None,
) -> tuple[str, ...]:
    """The values of `fields`, after the audit entry of this use is committed.

    `claim` is done in the entry's transaction, and may refuse by raising.

    Raises:
        NoCredentialError: a field was never stored.
        UnreadableError: the vault key is another one, or the value was moved or altered.
        RuntimeError: called inside a transaction, which could undo the entry.
    """
    rows = {row.field: row for row in account.secrets.filter(field__in=fields)}
    if missing := [field for field in fields if field not in rows]:
        msg = (
            f"{account}: no {' or '.join(missing)} is stored. "
            "Ask the registrar to store the account's sign-in."
        )
        raise NoCredentialError(msg)
    with transaction.atomic(durable=True):
        if claim:
            claim()
        record(actor, action, account, fields=list(fields), purpose=purpose)
    keys = keyring()
    return tuple(opened(rows[field], keys) for field in fields)


@sensitive_variables()
def opened(row: Secret, keys: Keyring) -> str:
    """The value of a row; its use was recorded before.

    Raises:
        UnreadableError: the vault key is another one, or the value was moved or altered.
    """
    place = aad(row.account_id, row.field, row.version)
    return unseal(sealed(row), aad=place, keys=keys)


def sealed(row: Secret) -> Sealed:
    """The row's envelope."""
    return Sealed(row.key_id, bytes(row.wrapped_key), bytes(row.sealed))


def aad(account_id: int, field: str, version: int) -> str:
    """What binds a value to its place."""
    return f"registry_account:{account_id}:{field}:{version}"
