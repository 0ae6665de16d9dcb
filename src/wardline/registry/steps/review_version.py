"""Approve what is proposed for an account, or return it with what has to change."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from wardline.audit.record import record
from wardline.audit.states import StaleStateError, move
from wardline.people.access import Actor, require
from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, LookAlike, Version
from wardline.registry.orphans import is_orphaned
from wardline.registry.particulars import Particulars, check, restored
from wardline.registry.steps.request_account import taken
from wardline.registry.steps.rotation import ask_for_rotation
from wardline.registry.steps.tasks import settle_tasks


def approve_version(actor: Actor, version: Version) -> None:
    """Make it what is on record; an account that was only requested becomes active.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: a particular is not acceptable (any more), another account has
            the address, it is on record as an impostor, or the Development Office has
            not consented.
        StaleStateError: it was decided on in the meantime.
    """
    require(actor, "account.review", version.account)
    particulars, account = restored(version.particulars), version.account
    check(particulars)
    _refuse_impostor(particulars)
    if needs_consent(version) and not version.consent_by_id:
        raise RegistryError(
            "This account asks for donations: the Development Office has to consent "
            "before it can be approved."
        )
    now = timezone.now()
    decided = {"decided_by_id": actor.id, "decided_at": now}
    try:
        with transaction.atomic():
            move(version, "approved", actor, set_fields={**decided, **_next(account)})
            put(account, version)
            if account.state == "requested":
                move(account, "active", actor, set_fields={"certified_at": now})
            if not is_orphaned(account):
                settle_tasks(actor, account, "orphaned")
            ask_for_rotation(account)  # who saw a credential may be left behind
    except IntegrityError as error:
        raise taken(particulars) from error


def return_version(actor: Actor, version: Version, reason: str) -> None:
    """Give it back to whoever proposed it.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: no reason is given.
        StaleStateError: it was decided on in the meantime.
    """
    require(actor, "account.review", version.account)
    if not reason.strip():
        raise RegistryError("Say what has to change.")
    decided = {"decided_by_id": actor.id, "decided_at": timezone.now()}
    move(version, "returned", actor, set_fields={**decided, "reason": reason.strip()})


def consent_to_fundraising(actor: Actor, version: Version) -> None:
    """Put the Development Office's consent on record.

    Raises:
        DeniedError: the person is not of the Development Office.
        RegistryError: the version does not ask for it, or is decided on.
        StaleStateError: it was decided on in the meantime.
    """
    require(actor, "account.consent", version.account)
    if not needs_consent(version) or version.state != "proposed":
        raise RegistryError("Nothing here waits for the Development Office.")
    version.consent_by_id, version.consent_at = actor.id, timezone.now()
    with transaction.atomic():
        waiting = Version.objects.filter(pk=version.pk, state="proposed")
        if not waiting.update(consent_by=actor.id, consent_at=version.consent_at):
            msg = "This version was decided on a moment ago. Reload the page."
            raise StaleStateError(msg)
        record(actor, "account.consent", version.account, version=version.pk)


def needs_consent(version: Version) -> bool:
    """Whether donations are asked for where none were approved before."""
    account = version.account
    before = account.state != "requested" and account.fundraising
    return bool(version.particulars["fundraising"]) and not before


def put(account: Account, version: Version) -> None:
    """Copy an approved version into its account's columns."""
    columns = restored(version.particulars).columns()
    for name, value in columns.items():
        setattr(account, name, value)
    # No other column: the account may have been reported as not safe meanwhile.
    account.save(update_fields=[*columns, "url_key"])


def _refuse_impostor(particulars: Particulars) -> None:
    """Once it was official, the public would be told to trust it."""
    known = LookAlike.objects.filter(state="known-impostor")
    if known.filter(url_key=address.key(particulars.url)).exists():
        raise RegistryError(
            "This address is on record as an impostor's. If it is ours, judge it anew "
            "under Look-alikes first."
        )


def _next(account: Account) -> dict[str, int]:
    newest = account.versions.aggregate(newest=Max("number"))["newest"] or 0
    return {"number": newest + 1}
