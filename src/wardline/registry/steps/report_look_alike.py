"""Put a profile that may be taken for ours on the list that the registrar reviews."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from wardline.audit.record import SYSTEM, record
from wardline.channels.search import Profile
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.look_alikes import SEARCHED, nearest, search, why
from wardline.registry.models import Account, LookAlike
from wardline.registry.verify import answer

VISITOR = Actor(id=0, name="A visitor")
MOST_WAITING = 300
"""Reports that may wait; more would be somebody's machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A profile's address, why it is reported, and what was seen there."""

    url: str
    why: str
    evidence: str = ""
    name: str = ""


def report_look_alike(
    actor: Actor, report: Report, account: Account | None = None
) -> LookAlike | None:
    """Keep a report for review; None if this address is on the list already.

    Anybody may report. `account` is whom it looks like, by default the nearest.

    Raises:
        RegistryError: it is our own, no address, unlike anything, or too many wait.
    """
    found = answer(report.url)
    if found.status in {"official", "retired"}:
        raise RegistryError(found.message)
    if found.status == "known-impostor":
        return None
    if LookAlike.objects.filter(state="candidate").count() >= MOST_WAITING:
        raise RegistryError("Too many reports wait already. Please write to us.")
    account = account or nearest(report.url)
    if account is None:
        raise RegistryError("We have no accounts on record yet that it could imitate.")
    return _enter(actor, account, report)


def search_look_alikes(actor: Actor, account: Account) -> list[LookAlike]:
    """Search the account's site, and put what is found on the list.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: the site cannot be searched, or does not answer.
    """
    if actor != SYSTEM:
        require(actor, "look-alike.judge", account)
    try:
        reports = [_found(account, profile) for profile in search(account)]
    except RegistryError:
        _record_search(actor, account, found=None)
        raise
    kept = [_enter(actor, account, report) for report in reports]
    _record_search(actor, account, found=len(reports))
    return [one for one in kept if one]


def _record_search(actor: Actor, account: Account, *, found: int | None) -> None:
    with transaction.atomic():
        record(actor, SEARCHED, account, found=found)


def _found(account: Account, profile: Profile) -> Report:
    about = f"{profile.name}\n{profile.handle}, id {profile.id}\n\n{profile.about}"
    return Report(
        url=profile.url, why=why(account, profile), evidence=about, name=profile.name
    )


def _enter(actor: Actor, account: Account, report: Report) -> LookAlike | None:
    try:
        with transaction.atomic():
            made = LookAlike.objects.create(
                account=account,
                url=report.url[:300],
                name=report.name[:200],
                why=report.why[:300],
                evidence=report.evidence,
            )
            record(actor, "look-alike.report", made, account=account.pk)
    except IntegrityError:
        return None
    return made
