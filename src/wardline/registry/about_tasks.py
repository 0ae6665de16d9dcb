"""The tasks that a look at a profile opens and closes."""

from datetime import timedelta

from wardline.people.access import Actor
from wardline.registry import about
from wardline.registry.looking import Seen
from wardline.registry.models import AboutAudit, Account
from wardline.registry.notices import Notice
from wardline.registry.steps.tasks import open_task, settle_tasks

FIX, IDENTITY = "fix-about", "identity"
FIX_WITHIN = timedelta(days=7)
ANSWER_WITHIN = timedelta(hours=4)
LONGEST = 300


def settle_about(
    actor: Actor, account: Account, audit: AboutAudit, seen: Seen | None = None
) -> None:
    """Open what has to be done after this audit, and close what is done."""
    _settle_identity(actor, account, audit)
    if audit.outcome in {"pass", "attested"}:
        settle_tasks(actor, account, FIX)
    elif seen and (seen.missing or seen.for_a_person):
        _ask_to_fix(actor, account, seen)


def _settle_identity(actor: Actor, account: Account, audit: AboutAudit) -> None:
    told = {check["check"]: check for check in audit.checks}
    if about.failed(audit.checks, "identity"):
        what = (
            f"{told['identity']['detail']} Ask the unit what happened; if nobody there "
            "knows, report the account as compromised."
        )
        task = open_task(actor, account, IDENTITY, what[:LONGEST], within=ANSWER_WITHIN)
        Notice.objects.get_or_create(
            account=account, kind=IDENTITY, since=task.opened_at
        )
    elif "identity" in told:
        settle_tasks(actor, account, IDENTITY)


def _ask_to_fix(actor: Actor, account: Account, seen: Seen) -> None:
    words = [c.detail for c in seen.checks if not c.passed and c.check != IDENTITY]
    if not seen.for_a_person:
        words.insert(0, "Mend the About section.")
    if seen.missing and not seen.ready:
        words.append("The text there has no room: use the profile's link fields.")
    what = " ".join(words)[:LONGEST]
    task = open_task(actor, account, FIX, what, paste=seen.ready, within=FIX_WITHIN)
    if (task.what, task.paste) != (what, seen.ready):
        task.what, task.paste = what, seen.ready
        task.save(update_fields=["what", "paste"])
