"""Storing a credential and using it: the audit entry is committed before any use."""

from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor
from wardline.registry.models import Account, Secret
from wardline.registry.vault.envelope import Sealed, seal, unseal
from wardline.registry.vault.keys import ConfiguredKey


class NoCredentialError(Exception):
    """The account has no stored credential for this field."""


def _aad(account: Account, field: str, version: int) -> str:
    return f"registry_account:{account.pk}:{field}:{version}"


def store(actor: Actor, account: Account, field: str, value: str) -> None:
    """Seal `value` as the account's `field` (`username`, `secret`), replacing it."""
    with transaction.atomic():
        old = account.secrets.select_for_update().filter(field=field).first()
        version = old.version + 1 if old else 1
        aad = _aad(account, field, version)
        envelope = seal(value, aad=aad, provider=ConfiguredKey())
        Secret.objects.update_or_create(
            account=account,
            field=field,
            defaults={
                "version": version,
                "key_id": envelope.key_id,
                "wrapped_key": envelope.wrapped_key,
                "sealed": envelope.sealed,
            },
        )
        record(actor, "vault.store", account, field=field, version=version)


def use(actor: Actor, account: Account, *fields: str, purpose: str) -> tuple[str, ...]:
    """The values of `fields`, after the audit entry of this use is committed.

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
        record(actor, "vault.use", account, fields=list(fields), purpose=purpose)
    provider = ConfiguredKey()
    return tuple(_open(account, rows[field], provider) for field in fields)


def _open(account: Account, row: Secret, provider: ConfiguredKey) -> str:
    sealed = Sealed(row.key_id, bytes(row.wrapped_key), bytes(row.sealed))
    aad = _aad(account, row.field, row.version)
    return unseal(sealed, aad=aad, provider=provider)
