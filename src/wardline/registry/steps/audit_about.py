"""Look at an account's public profile, and keep what it says."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from wardline.audit.record import SYSTEM, record
from wardline.people.access import Actor, require
from wardline.registry import about
from wardline.registry.about import Check
from wardline.registry.about_due import ATTESTED_FOR, plan_next
from wardline.registry.about_tasks import settle_about
from wardline.registry.looking import Seen, see
from wardline.registry.models import AboutAudit, Account

log = structlog.get_logger()


def audit_about(actor: Actor, account: Account) -> AboutAudit:
    """Look now; where Wardline cannot, what a person attested lately stands.

    Raises:
        DeniedError: the person is neither of the account's unit nor a registrar.
    """
    require(actor, "account.audit-about", account)
    return look(actor, account)


def look(actor: Actor, account: Account) -> AboutAudit:
    """The same without asking who it is: for the worker, and after a change."""
    seen, now = see(account), timezone.now()
    with transaction.atomic():
        plan_next(account, now)
        last = account.about_audits.first()
        if last and seen.outcome == "unreachable" and _stands(last, now):
            return last
        audit = _keep(actor, account, seen, last)
        settle_about(actor, account, audit, seen)
    if about.failed(audit.checks, "identity"):
        log.error("account is gone or somebody else's", account=account.pk)
    return audit


def _stands(last: AboutAudit, now: datetime) -> bool:
    return last.outcome == "attested" and now < last.at + ATTESTED_FOR


def _keep(
    actor: Actor, account: Account, seen: Seen, last: AboutAudit | None
) -> AboutAudit:
    checks = [*seen.checks, *_still_failed(seen, last)]
    audit: AboutAudit = account.about_audits.create(
        outcome=seen.outcome,
        checks=[check.kept() for check in checks],
        evidence=seen.evidence,
        evidence_hash=about.digest(seen.evidence) if seen.evidence else "",
    )
    told = {check.check: check.passed for check in checks}
    record(
        actor,
        "account.audit-about",
        account,
        outcome=audit.outcome,
        checks=told,
        evidence=audit.evidence_hash,
    )
    if told.get("identity"):
        _learn(account, seen)
    return audit


def _still_failed(seen: Seen, last: AboutAudit | None) -> list[Check]:
    """A lost identity stays lost while nothing can be seen."""
    if last is None or seen.outcome != "unreachable":
        return []
    known = {check.check for check in seen.checks}
    lost = [c for c in last.checks if about.failed([c], "identity")]
    return [c for c in about.restored(lost) if c.check not in known]


def _learn(account: Account, seen: Seen) -> None:
    """Keep the handle and the site's own id where the record has none yet."""
    if seen.profile is None:
        return
    for name in ("handle", "platform_id"):
        found = getattr(seen.profile, name)
        if found and not getattr(account, name):
            setattr(account, name, found)
            Account.objects.filter(pk=account.pk, **{name: ""}).update(**{name: found})
            record(SYSTEM, "account.learn", account, **{name: found})
