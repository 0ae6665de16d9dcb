"""Take an account that was compromised into use again."""

from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account


def restore_account(actor: Actor, account: Account) -> None:
    """Let it publish again.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: its credentials were not changed since.
    """
    require(actor, "account.change", account)
    if account.tasks.filter(kind="rotate", state="open").exists():
        raise RegistryError(
            "Its password is still the old one: store a new one first, which closes "
            "the task to do so."
        )
    move(account, "active", actor, set_fields={"certified_at": timezone.now()})
