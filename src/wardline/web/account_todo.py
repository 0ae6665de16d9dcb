"""What waits for a person in the registry: entries of the dashboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from wardline.people.access import Actor
from wardline.people.roles import Role
from wardline.registry.expiry import ending
from wardline.registry.models import Account, Task, Version
from wardline.registry.orphans import orphaned
from wardline.registry.reminders import DAYS_BEFORE, ESCALATE_AFTER, certifiable
from wardline.registry.steps.certify import EVERY
from wardline.web.account_page import DONE_ELSEWHERE
from wardline.web.account_versions import for_consent, waiting
from wardline.web.drafts import writes_for

MOST = 8


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: where, what, and a word on it."""

    href: str
    what: str
    detail: str
    bad: bool = False


def todo(actor: Actor) -> list[ToDo]:
    """What waits for a person, the gravest first, at most `MOST` entries."""
    return list(islice(_every(actor), MOST))


def _every(actor: Actor) -> Iterator[ToDo]:
    if actor.has(Role.REGISTRAR):
        yield from _for_registrar()
    if actor.has(Role.DEVELOPMENT) and (rows := for_consent()):
        yield _queue(len(rows), "asks for donations", "ask for donations")
    yield from _for_keeper(actor)
    returned = Version.objects.filter(
        made_by=actor.id, state="returned", account__unit__in=writes_for(actor)
    ).exclude(account__state="retired")
    for version in returned.select_related("account"):
        if version == version.account.versions.first():
            yield _about(version.account, "returned to you", version.reason, bad=True)


def _for_registrar() -> Iterator[ToDo]:
    for account in _named(Account.objects.filter(state="compromised")):
        yield _about(account, "may be in other hands", "Nothing goes out.", bad=True)
    for account in _named(orphaned()):
        yield _about(account, "has no owner", "Name one, or ask the deputy.", bad=True)
    yield from _ending(Q(field="secret"))
    if count := waiting().count():
        yield _queue(count, "waits for review", "wait for review")
    late = timezone.now() - EVERY - ESCALATE_AFTER
    overdue = Account.objects.filter(state="due-for-review", certified_at__lte=late)
    for account in _named(overdue):
        yield _about(account, "was not confirmed", "Ask its owner, or retire it.")
    no_deputy = Q(deputy=None) | Q(deputy__is_active=False)
    used = Q(state__in=("active", "due-for-review", "compromised"))
    for account in _named(Account.objects.filter(used, no_deputy)):
        yield _about(account, "has no deputy", "Name one.")


def _ending(whose: Q) -> Iterator[ToDo]:
    """Sign-ins that the channel soon accepts no more."""
    now = timezone.now()
    for row in ending(now).filter(whose).order_by("expires_at")[:MOST]:
        days = (row.expires_at - now).days if row.expires_at else 0
        left = f"ends in {days} day{'s' * (days != 1)}" if days > 0 else "has ended"
        words = "Make a new one at the channel, and have it stored here."
        yield _about(row.account, f"has a sign-in that {left}", words, bad=True)


def _for_keeper(actor: Actor) -> Iterator[ToDo]:
    """For owner and deputy."""
    keeps = Q(owner=actor.id) | Q(deputy=actor.id)
    for account in _named(orphaned().filter(deputy=actor.id)):
        yield _about(account, "has no owner", "You are its deputy: step in.", bad=True)
    of_mine = Q(account__owner=actor.id) | Q(account__deputy=actor.id)
    yield from _ending(of_mine & Q(field="password"))
    tasks = Task.objects.filter(state="open").exclude(kind__in=DONE_ELSEWHERE)
    mine = tasks.filter(account__in=Account.objects.filter(keeps))
    for task in mine.select_related("account"):
        yield _about(task.account, "needs you", task.what, bad=task.kind == "rotate")
    for account in _named(certifiable(timezone.now()).filter(keeps)):
        yield ToDo(
            reverse("certify-account", args=[account.pk]),
            f"Confirm the record of {account}",
            _when(account),
            bad=account.state == "due-for-review",
        )


def _when(account: Account) -> str:
    if account.state == "due-for-review" or account.certified_at is None:
        return "It is overdue."
    left = account.certified_at + EVERY - timezone.now()
    days = max(left // timedelta(days=1), 0)
    return f"{days} days are left." if days > min(DAYS_BEFORE) else "It is due now."


def _named(rows: QuerySet[Account]) -> QuerySet[Account]:
    return rows.order_by("name")[:MOST]


def _about(account: Account, words: str, detail: str, *, bad: bool = False) -> ToDo:
    href = reverse("account", args=[account.pk])
    return ToDo(href, f"{account} {words}", detail, bad)


def _queue(count: int, one: str, many: str) -> ToDo:
    words = f"1 account {one}" if count == 1 else f"{count} accounts {many}"
    return ToDo(reverse("account-review"), words, "Read what is asked for, and decide.")
