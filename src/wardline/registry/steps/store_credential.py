"""Store the sign-in of an account, and try it at the channel."""

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from wardline import channels
from wardline.channels import Connection, Identity
from wardline.people.access import Actor, require
from wardline.registry import vault
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account


@sensitive_variables()
def store_credential(
    actor: Actor, account: Account, *, username: str, secret: str
) -> None:
    """Seal both fields, in place of what was stored before.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: a field is empty.
    """
    require(actor, "account.store-credential", account)
    if not username.strip() or not secret:
        raise RegistryError("Give both the user name and the password.")
    with transaction.atomic():
        vault.store(actor, account, "username", username.strip())
        vault.store(actor, account, "secret", secret)


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
    except (
        channels.ChannelError,
        vault.NoCredentialError,
        vault.UnreadableError,
    ) as error:
        raise RegistryError(str(error)) from error
