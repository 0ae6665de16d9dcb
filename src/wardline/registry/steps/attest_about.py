"""A person vouches for what a profile says, where Wardline cannot look."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.channels.about import links_in
from wardline.institution import current
from wardline.people.access import Actor, require
from wardline.registry import about
from wardline.registry.about_due import plan_next
from wardline.registry.about_tasks import settle_about
from wardline.registry.errors import RegistryError
from wardline.registry.models import AboutAudit, Account


def attest_about(actor: Actor, account: Account, words: str) -> AboutAudit:
    """Keep the About section as the person copied it, addresses of its links included.

    Raises:
        DeniedError: the person is neither owner nor deputy nor registrar.
        RegistryError: a required link is not in what was copied.
    """
    require(actor, "account.attest-about", account)
    links, wanted = links_in(words), about.required(current())
    for link in wanted.values():
        if not any(about.same(each, link.url) for each in links):
            msg = (
                f"What you copied does not hold the link to the {link.title}, "
                f"{link.url}. Add it to the profile first, then copy it from there."
            )
            raise RegistryError(msg)
    detail = f"Seen by {actor.name}."
    checks = [about.fine(name, detail) for name in (*wanted, "identity")]
    kept = words.strip()[: about.LONGEST_EVIDENCE]
    with transaction.atomic():
        audit: AboutAudit = account.about_audits.create(
            outcome="attested",
            by_id=actor.id,
            checks=[check.kept() for check in checks],
            evidence=kept,
            evidence_hash=about.digest(kept),
        )
        evidence = audit.evidence_hash
        record(actor, "account.attest-about", account, evidence=evidence)
        settle_about(actor, account, audit)
        plan_next(account, timezone.now())
    return audit
