"""Which credentials have to be changed, and why."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from wardline.audit.models import Entry
from wardline.people.access import can
from wardline.people.models import Person
from wardline.registry.models import Account, Checkout, Secret

EVERY = timedelta(days=180)
"""How long a password stays."""
SCHEDULED = frozenset({"password", "secret"})


def due_fields(account: Account) -> dict[str, str]:
    """Each field that has to become another one, with the reason in words."""
    secrets = list(account.secrets.exclude(field="username"))
    seen = _seen_by_leavers(account, secrets)
    since = _compromised_at(account)
    return {
        secret.field: reason
        for secret in secrets
        if (reason := _reason(secret, since, seen.get(secret.field)))
    }


def seen_since_change(secret: Secret) -> Iterator[tuple[Person, datetime]]:
    """Who saw the value that is stored now, and when; newest first."""
    for checkout, at in _looks(secret.account, secret):
        yield checkout.person, at


def _reason(secret: Secret, since: datetime | None, leaver: Person | None) -> str:
    if since and secret.changed_at < since:
        return "somebody else may have it: the account was reported not safe"
    if leaver:
        return f"{leaver} saw it and no longer has to do with this account"
    if secret.field in SCHEDULED and secret.changed_at < timezone.now() - EVERY:
        return f"it is older than {EVERY.days} days"
    return ""


def _seen_by_leavers(account: Account, secrets: list[Secret]) -> dict[str, Person]:
    return {
        secret.field: checkout.person
        for secret in secrets
        for checkout, _ in _looks(account, secret)
        if not _may_know(checkout.person, account)
    }


def _may_know(person: Person, account: Account) -> bool:
    return person.is_active and bool(can(person.actor, "account.check-out", account))


def _looks(account: Account, secret: Secret) -> Iterator[tuple[Checkout, datetime]]:
    for checkout in account.checkouts.filter(
        until__gt=secret.changed_at, revealed__has_key=secret.field
    ).select_related("person"):
        at = datetime.fromisoformat(checkout.revealed[secret.field])
        if at >= secret.changed_at:
            yield checkout, at


def _compromised_at(account: Account) -> datetime | None:
    if account.state != "compromised":
        return None
    reports = Entry.objects.filter(
        action="account.compromised", target=f"account:{account.pk}"
    )
    return reports.order_by("sequence").values_list("at", flat=True).last()
