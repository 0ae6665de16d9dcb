"""When stored credentials end, and which letter that calls for."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from wardline.institution import current
from wardline.registry.errors import RegistryError
from wardline.registry.models import Secret

DAYS_BEFORE = (1, 7, 14)
LONGEST = timedelta(days=3653)
"""Ten years: what says it lasts longer is a slip, or never ends."""
ENDING = ("secret", "password")
IN_USE = ("active", "due-for-review")


def end_of(day: date) -> datetime:
    """The end of a credential's last day at the hospital, in UTC.

    Raises:
        RegistryError: that day is over, or more than ten years away.
    """
    today = timezone.localdate(timezone=ZoneInfo(current().timezone))
    if day < today:
        raise RegistryError("That day is over. Make a new one at the channel first.")
    if day > today + LONGEST:
        raise RegistryError("No sign-in lasts that long: leave the day empty.")
    midnight = datetime.combine(
        day + timedelta(days=1), time(), ZoneInfo(current().timezone)
    )
    return midnight.astimezone(ZoneInfo("UTC"))


def ending(now: datetime) -> QuerySet[Secret]:
    """Passwords and tokens of accounts in use that end soon, or have ended."""
    soon = now + timedelta(days=max(DAYS_BEFORE))
    rows = Secret.objects.filter(field__in=ENDING, expires_at__lte=soon)
    return rows.filter(account__state__in=IN_USE).select_related("account")


def stage(ends: datetime, now: datetime) -> str:
    """The kind of the newest notice that is called for, or ""."""
    if now >= ends:
        return "token-expired"
    near = (days for days in DAYS_BEFORE if now >= ends - timedelta(days=days))
    return next((f"token-{days}" for days in near), "")
