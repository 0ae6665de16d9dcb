"""Store the credentials of an account, and try its sign-in at the channel."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from wardline import channels
from wardline.audit.record import record
from wardline.channels import Connection, Identity
from wardline.people.access import Actor, can, require
from wardline.people.models import Person
from wardline.registry import passwords, vault
from wardline.registry.errors import RegistryError
from wardline.registry.expiry import end_of
from wardline.registry.models import Account
from wardline.registry.steps.rotation import settle_rotation

KEPT = ("password", "recovery-codes", "mfa-seed")
"""What those who hold the account store themselves; the rest is the registrar's."""


@sensitive_variables()
def store_credential(
    actor: Actor,
    account: Account,
    *,
    username: str,
    secret: str,
    expires_on: date | None = None,
) -> None:
    """Seal what Wardline signs in with, in place of what was stored before.

    `expires_on` is the last day on which the channel accepts it, if it has one.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: a field is empty, the day cannot be meant, or another account
            has the password.
    """
    require(actor, "account.store-credential", account)
    if not username.strip() or not secret.strip():
        raise RegistryError("Give both the user name and the password.")
    ends = end_of(expires_on) if expires_on else None
    with _new_to_all(actor, account):
        vault.store(actor, account, "username", username.strip())
        vault.store(actor, account, "secret", secret, expires_at=ends)
        settle_rotation(actor, account)


@sensitive_variables()
def keep(
    actor: Actor,
    account: Account,
    field: str,
    value: str,
    expires_on: date | None = None,
) -> None:
    """Seal a new password, recovery codes or second factor (`KEPT`) of the account.

    `expires_on` is the last day on which the channel accepts it, if it has one.

    Raises:
        DeniedError: the person does not hold the account.
        RegistryError: it is empty, or the password is weak, known, the old one, the
            person's own, or another account's.
    """
    require(actor, "account.keep-credential", account)
    if field not in KEPT or not value.strip():
        raise RegistryError("Say what it is, and give it.")
    ends = end_of(expires_on) if expires_on else None
    if field == "password":
        passwords.check(value, account)
        _refuse_own(actor, value)
    with _new_to_all(actor, account):
        changed = vault.store(actor, account, field, value, expires_at=ends)
        if field == "password" and not changed:
            raise RegistryError(
                "This is the password that is stored already. Change it at the "
                "channel first, then store the new one."
            )
        settle_rotation(actor, account)


@sensitive_variables()
def try_sign_in(actor: Actor, account: Account) -> Identity:
    """Who the stored sign-in is at the channel; publishes nothing there.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: the sign-in cannot be read, or the channel does not accept it.
        RuntimeError: called inside a transaction.
    """
    require(actor, "account.store-credential", account)
    try:
        username, secret = vault.use(
            actor, account, "username", "secret", purpose="sign-in test"
        )
        channel = channels.get(account.channel)
        return channel.check(Connection(account.url, username, secret))
    except channels.ChannelError as error:
        raise RegistryError(str(error)) from error


@contextmanager
def _new_to_all(actor: Actor, account: Account) -> Iterator[None]:
    """A transaction; of a password that another account has, the try is recorded.

    The refusal tells that it is used somewhere, so a guess must leave a trace.
    """
    try:
        with transaction.atomic():
            yield
    except vault.ReusedError as error:
        other = Account.objects.get(pk=error.account_id)
        with transaction.atomic():
            record(actor, "vault.reused", account, by=other.pk)
        where = f"by {other}" if can(actor, "account.read", other) else "elsewhere"
        msg = f"This password is used {where} already: each account has its own."
        raise RegistryError(msg) from error


@sensitive_variables()
def _refuse_own(actor: Actor, value: str) -> None:
    person = Person.objects.filter(pk=actor.id).first()
    if person and person.check_password(value):
        raise RegistryError("This is your own password: the account needs its own.")
