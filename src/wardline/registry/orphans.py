"""Accounts whose owner is gone: closed, or no longer of the unit."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from wardline.people.models import Membership
from wardline.registry.models import Account


def orphaned() -> QuerySet[Account]:
    """Accounts in use that nobody of their unit owns."""
    member = Membership.objects.filter(
        person=OuterRef("owner"), unit=OuterRef("unit"), person__is_active=True
    )
    used = Q(state__in=("active", "due-for-review", "compromised"))
    return Account.objects.filter(used, ~Exists(member))


def is_orphaned(account: Account) -> bool:
    """Whether nobody of its unit owns the account."""
    return orphaned().filter(pk=account.pk).exists()
