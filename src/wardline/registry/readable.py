"""The accounts that a person may read, as a query."""

from django.db.models import QuerySet

from wardline.people.access import Actor
from wardline.people.roles import Role
from wardline.registry.models import Account


def readable(actor: Actor) -> QuerySet[Account]:
    """Those for which `can(actor, "account.read", …)`."""
    accounts = Account.objects.select_related("unit", "owner", "deputy")
    if actor.has(Role.REGISTRAR, Role.AUDITOR):
        return accounts
    return accounts.filter(unit__in=actor.units)
