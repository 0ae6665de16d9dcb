"""Which letter about an account is due, whom it goes to, and what it says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format

from wardline.institution import current
from wardline.people.models import Person
from wardline.people.roles import Role
from wardline.registry.models import Account
from wardline.registry.notices import Notice
from wardline.registry.orphans import is_orphaned
from wardline.registry.steps.certify import EVERY, due

DAYS_BEFORE = (1, 7, 14)
ESCALATE_AFTER = timedelta(days=14)
"""How long an account may be due for review before the registrar is told."""
IN_USE = ("active", "due-for-review")


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: addresses, subject, and a text that holds no secret."""

    to: tuple[str, ...]
    subject: str
    text: str


def certifiable(now: datetime) -> QuerySet[Account]:
    """Accounts in use whose certification ends within the first reminder's time."""
    certified = now - EVERY + timedelta(days=max(DAYS_BEFORE))
    return Account.objects.filter(state__in=IN_USE, certified_at__lte=certified)


def stage(ends: datetime, now: datetime) -> str:
    """The kind of the newest notice that is called for, or "".

    After a standstill only the newest is sent, never the ones before it as well.
    """
    if now >= ends + ESCALATE_AFTER:
        return "escalated"
    if now >= ends:
        return "due-for-review"
    near = (days for days in DAYS_BEFORE if now >= ends - timedelta(days=days))
    return next((f"certify-{days}" for days in near), "")


def still_holds(notice: Notice, now: datetime) -> bool:
    """Whether what a notice that was not sent yet says is so by now, and the newest."""
    if notice.kind == "orphaned":
        return is_orphaned(notice.account)
    asked = notice.account.state in IN_USE and due(notice.account) == notice.since
    return asked and stage(notice.since, now) == notice.kind


def letter(notice: Notice) -> Letter:
    """The letter that goes with a notice."""
    account = notice.account
    name = " ".join(account.name.split())
    orphan = notice.kind == "orphaned"
    subject, text = _orphaned(account, name) if orphan else _certify(notice, name)
    return Letter(addressees(notice), subject, text)


def addressees(notice: Notice) -> tuple[str, ...]:
    """Owner and deputy; the registrars as well, or instead, where these do not act."""
    account = notice.account
    keepers = [pk for pk in (account.owner_id, account.deputy_id) if pk]
    people = Person.objects.filter(is_active=True)
    to = set(people.filter(pk__in=keepers).values_list("email", flat=True))
    if notice.kind in {"escalated", "orphaned"} or not to:
        registrars = people.filter(groups__name=Role.REGISTRAR)
        to |= set(registrars.values_list("email", flat=True))
    return tuple(sorted(to))


def _certify(notice: Notice, name: str) -> tuple[str, str]:
    day = date_format(notice.since.astimezone(ZoneInfo(current().timezone)), "F j, Y")
    over = notice.kind in {"due-for-review", "escalated"}
    subject = f"{name}: confirm its record" + ("" if over else f" by {day}")
    when = f"was due on {day}" if over else f"is due by {day}"
    text = (
        f"{name} speaks for {notice.account.unit}. Every {EVERY.days} days somebody "
        f"confirms that what the registry says of it is right; this {when}.\n\n"
        f"Read the record and confirm it:\n{_link(notice.account)}/certify\n\n"
        "Is something wrong? The same page leads to where you change it."
    )
    if notice.kind == "escalated":
        days = ESCALATE_AFTER.days
        text += (
            f"\n\nThe registrar gets this as well: owner and deputy have not confirmed "
            f"it for {days} days. Ask them, or retire the account."
        )
    return subject, text


def _orphaned(account: Account, name: str) -> tuple[str, str]:
    text = (
        f"The owner of {name} is gone or no longer belongs to {account.unit}. "
        "The deputy can step in, or the registrar names another owner:\n"
        f"{_link(account)}"
    )
    return f"{name} has no owner", text


def _link(account: Account) -> str:
    return f"{settings.SITE_URL}/accounts/{account.pk}"
