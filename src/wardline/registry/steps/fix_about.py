"""Add the missing links to a profile ourselves, after its owner confirmed that."""

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from wardline.audit.record import record
from wardline.channels import ChannelError, Connection
from wardline.channels.about import Site
from wardline.people.access import Actor, require
from wardline.registry import vault
from wardline.registry.errors import RegistryError
from wardline.registry.looking import Seen, see
from wardline.registry.models import AboutAudit, Account
from wardline.registry.steps.audit_about import look

FIELDS = ("username", "secret")


def has_sign_in(account: Account) -> bool:
    """Whether both halves of a sign-in are stored."""
    kept = account.secrets.filter(field__in=FIELDS).values_list("field", flat=True)
    return set(kept) == set(FIELDS)


@sensitive_variables()
def fix_about(actor: Actor, account: Account) -> AboutAudit:
    """Add what is missing now, and look again; nothing that stands there is changed.

    Raises:
        DeniedError: the person is neither owner nor deputy.
        RegistryError: the account is not in use, nothing is missing, or the channel
            did not let us.
        RuntimeError: called inside a transaction.
    """
    require(actor, "account.fix-about", account)
    if account.state not in {"active", "due-for-review"}:
        msg = f"{account} is {account.state}: nothing goes out on it."
        raise RegistryError(msg)
    seen = see(account)
    site = _writable(seen)
    try:
        username, secret = vault.use(
            actor, account, *FIELDS, purpose="add links to the profile"
        )
        site.add(Connection(account.url, username, secret), seen.missing)
    except (ChannelError, vault.NoCredentialError, vault.UnreadableError) as error:
        raise RegistryError(str(error)) from error
    with transaction.atomic():
        added = [link.url for link in seen.missing]
        record(actor, "account.fix-about", account, added=added)
    return look(actor, account)


def _writable(seen: Seen) -> Site:
    if seen.lost or seen.site is None:
        raise RegistryError(seen.reason)
    if not seen.missing:
        raise RegistryError("Both links are there: look again to close the task.")
    if not seen.site.writes:
        msg = f"{seen.site.label} lets no program change a profile: do it there."
        raise RegistryError(msg)
    return seen.site
