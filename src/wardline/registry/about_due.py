"""When each account's profile is looked at next, and which worker does it."""

from datetime import datetime, timedelta

from wardline.registry.models import Account

EVERY = timedelta(days=1)
SOONEST = timedelta(hours=12)
"""After one look, the next comes no sooner than this unless a person asks."""
LEASE = timedelta(minutes=10)
"""A worker that is killed meanwhile loses the account to another after this."""
ATTESTED_FOR = timedelta(days=90)
"""How long a person's word stands where Wardline cannot look itself."""
LIVE = ("active", "due-for-review", "compromised")

_GOLDEN = 0.618_033_988_749_895  # multiples of it never crowd: any many spread evenly


def take_due(now: datetime) -> Account | None:
    """The next account whose profile is due, taken so that no other worker gets it.

    `now` is by the database's clock, which all workers share.
    """
    due = Account.objects.filter(state__in=LIVE, about_due_at__lte=now)
    for account in due.order_by("about_due_at", "pk")[:10]:
        untaken = due.filter(pk=account.pk, about_due_at=account.about_due_at)
        if untaken.update(about_due_at=now + LEASE):
            return account
    return None


def plan_next(account: Account, now: datetime) -> None:
    """Look again at the account's own time of day, tomorrow in most cases."""
    Account.objects.filter(pk=account.pk).update(about_due_at=next_look(account, now))


def next_look(account: Account, now: datetime) -> datetime:
    """The account's own time of day, 12 to 36 hours from `now`.

    The times are spread over the day, so that nobody is asked for all at once.
    """
    soonest = now + SOONEST
    midnight = soonest.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + EVERY * (account.pk * _GOLDEN % 1)
    return moment if moment >= soonest else moment + EVERY
