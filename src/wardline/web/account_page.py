"""The page of one account: its record, where it stands, and what this person may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from wardline import channels
from wardline.channels import Capabilities
from wardline.people.access import Actor, can
from wardline.people.roles import Role
from wardline.registry.models import Account, Task, Version
from wardline.registry.orphans import is_orphaned
from wardline.registry.reminders import DAYS_BEFORE
from wardline.registry.steps.certify import due
from wardline.registry.steps.tasks import SETTLED
from wardline.web.account_facts import Fact, Step, history, record_of

MEANINGS = {
    "requested": "The registrar has not approved it. Nothing can be posted there yet.",
    "active": "It speaks for its unit, and what is said of it here was confirmed.",
    "due-for-review": (
        "It can still be used, but nobody confirmed in time that its record is right."
    ),
    "compromised": (
        "Somebody else may control it. All that is to go out there is held until its "
        "password is changed and the registrar takes it into use again."
    ),
    "retired": "It is out of use for good. It stays on record, so that people can ask.",
}
"""What each state of an account means to a reader."""
DONE_ELSEWHERE = frozenset({"certify", "orphaned"})
"""Tasks that the page has a button of their own for."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A task, and whether this person may close it here."""

    task: Task
    late: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class May:
    """Which buttons the person sees."""

    change: bool
    propose: bool
    certify: bool
    report: bool
    restore: bool
    retire: bool
    step_in: bool
    custody: bool
    answer: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """All that the page of one account shows."""

    account: Account
    meaning: str
    facts: list[Fact]
    due: datetime | None
    soon: bool
    overdue: bool
    orphan: bool
    deputy_missing: bool
    open_version: Version | None
    returned: Version | None
    tasks: list[Doing]
    steps: list[Step]
    may: May
    abilities: tuple[str, ...]


def account_page(actor: Actor, account: Account) -> AccountPage:
    """Gather the page for one person."""
    notes = actor.has(Role.REGISTRAR, Role.AUDITOR)
    people = ("made_by", "decided_by", "consent_by")
    versions = list(account.versions.select_related(*people))
    waits = next((v for v in versions if v.state == "proposed"), None)
    returned = versions[0] if versions and versions[0].state == "returned" else None
    orphan, ends, now = is_orphaned(account), due(account), timezone.now()
    used = account.state in {"active", "due-for-review", "compromised"}
    return AccountPage(
        account=account,
        meaning=MEANINGS[account.state],
        facts=record_of(account, notes=notes),
        due=ends if account.state in {"active", "due-for-review"} else None,
        soon=bool(ends and ends <= now + timedelta(days=max(DAYS_BEFORE))),
        overdue=bool(ends and ends <= now),
        orphan=orphan,
        deputy_missing=used and not (account.deputy and account.deputy.is_active),
        open_version=waits,
        returned=returned,
        tasks=list(_tasks(actor, account)),
        steps=history(versions, notes=notes),
        may=_may(actor, account, waits=bool(waits), orphan=orphan),
        abilities=tuple(abilities(channels.get(account.channel).capabilities)),
    )


def abilities(can: Capabilities) -> Iterator[str]:
    """What a channel can do, in words."""
    if can.by_hand:
        yield "A person posts here by hand and records the address."
    else:
        yield "Wardline posts here itself."
    if can.max_length:
        yield f"A post has at most {can.max_length} {can.counted_in}."
    if can.edit:
        yield "A published post can be edited, so a correction stands in the post."
    else:
        yield "A published post cannot be edited: a correction is a linked reply."
    if not can.delete:
        yield "A published post cannot be deleted."
    if can.html:
        yield "Links, emphasis and struck words show as such."
    if can.comments:
        yield "Comments can be read and answered."


def _tasks(actor: Actor, account: Account) -> Iterator[Doing]:
    may, now = bool(can(actor, "account.close-task", account)), timezone.now()
    for task in account.tasks.filter(state="open"):
        late = bool(task.due_at and task.due_at < now)
        yield Doing(task, late, may and task.kind not in SETTLED)


def _may(actor: Actor, account: Account, *, waits: bool, orphan: bool) -> May:
    state = account.state
    changes = bool(can(actor, "account.change", account))
    reviewed = state in {"active", "due-for-review"}
    kept = state != "retired"
    return May(
        change=changes and kept,
        propose=kept
        and not (changes or waits)
        and bool(can(actor, "account.propose", account)),
        certify=reviewed and bool(can(actor, "account.certify", account)),
        report=reviewed and bool(can(actor, "account.report-compromised", account)),
        restore=changes and state == "compromised",
        retire=changes and state not in {"retired", "requested"},
        step_in=orphan and bool(can(actor, "account.step-in", account)),
        custody=bool(can(actor, "account.custody", account)),
        answer=reviewed and bool(can(actor, "draft.create", account.unit)),
    )
