"""Whom a letter about an account goes to, and what it says; never a secret."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format

from wardline.institution import current
from wardline.people.models import Person
from wardline.people.roles import Role
from wardline.registry.models import Account
from wardline.registry.notices import Notice
from wardline.registry.reminders import ESCALATE_AFTER
from wardline.registry.steps.certify import EVERY

TOKENS = frozenset({"token-14", "token-7", "token-1", "token-expired"})
TO_REGISTRARS = TOKENS | {"escalated", "orphaned", "compromised", "identity"}
"""Notices that the registrars get beside owner and deputy."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: addresses, subject, and a text that holds no secret."""

    to: tuple[str, ...]
    subject: str
    text: str


def letter(notice: Notice) -> Letter:
    """The letter that goes with a notice."""
    name = " ".join(notice.account.name.split())
    if notice.kind in TOKENS:
        subject, text = _token(notice, name)
    else:
        write = _ALARMS.get(notice.kind)
        subject, text = write(notice.account, name) if write else _certify(notice, name)
    return Letter(addressees(notice), subject, text)


def addressees(notice: Notice) -> tuple[str, ...]:
    """Owner and deputy; the registrars as well, or instead, where these do not act."""
    account = notice.account
    keepers = [pk for pk in (account.owner_id, account.deputy_id) if pk]
    people = Person.objects.filter(is_active=True)
    to = set(people.filter(pk__in=keepers).values_list("email", flat=True))
    if notice.kind in TO_REGISTRARS or not to:
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


def _token(notice: Notice, name: str) -> tuple[str, str]:
    """The last day is the one before the end, which is midnight."""
    last = notice.since - timedelta(minutes=1)
    day = date_format(last.astimezone(ZoneInfo(current().timezone)), "F j, Y")
    over = notice.kind == "token-expired"
    ends = "ended" if over else "ends"
    text = (
        f"A password or token of {name}, which speaks for {notice.account.unit}, {ends} "
        f"on {day}. After that Wardline posts nothing there until a new one is stored."
        "\n\n"
        "Owner or deputy: make a new one at the site. If it is the one with which "
        "Wardline signs in, the registrar stores it, with its last day:\n"
        f"{_link(notice.account)}\n\n{_NO_PASSWORDS}"
    )
    return f"{name}: its sign-in {ends} on {day}", text


def _orphaned(account: Account, name: str) -> tuple[str, str]:
    text = (
        f"The owner of {name} is gone or no longer belongs to {account.unit}. "
        "The deputy can step in, or the registrar names another owner:\n"
        f"{_link(account)}"
    )
    return f"{name} has no owner", text


def _compromised(account: Account, name: str) -> tuple[str, str]:
    text = (
        f"Somebody of the hospital reported that a stranger may control {name}, which "
        f"speaks for {account.unit}. Wardline posts nothing there until this is over.\n\n"
        "Owner or deputy, do this now:\n"
        "1. At the site, change the password and the recovery codes, and end all other "
        "sessions.\n"
        f"2. Store the new ones in custody:\n{_link(account)}/custody\n"
        "3. Tell the registrar which posts and messages there are not yours.\n\n"
        "If you cannot sign in there any more, tell the registrar, who asks the site "
        "for the account. Once the new password is stored, the registrar takes the "
        f"account into use again:\n{_link(account)}\n\n{_NO_PASSWORDS}"
    )
    return f"{name} may be in a stranger's hands: act now", text


def _identity(account: Account, name: str) -> tuple[str, str]:
    text = (
        f"At the address of {name}, which speaks for {account.unit}, the site no "
        "longer shows the account on record: it is gone, or its handle or the site's "
        "own id is another. Wardline no longer vouches for it, and does not sign in "
        "there.\n\n"
        f"1. Read what was found:\n{_link(account)}/about\n"
        "2. Owner or deputy: if you renamed or moved the account, propose the change "
        f"of its record:\n{_link(account)}/change\n"
        "3. If nobody of the unit did, report that somebody else may control it:\n"
        f"{_link(account)}/compromised\n\n{_NO_PASSWORDS}"
    )
    return f"{name} is not where it was: look at it now", text


def _link(account: Account) -> str:
    return f"{settings.SITE_URL}/accounts/{account.pk}"


_NO_PASSWORDS = "Send no password by mail: nobody here asks for one."
_ALARMS: Mapping[str, Callable[[Account, str], tuple[str, str]]] = {
    "orphaned": _orphaned,
    "compromised": _compromised,
    "identity": _identity,
}
