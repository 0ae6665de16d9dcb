"""Decide what a profile that looks like ours is, and have an impostor taken down."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, LookAlike
from wardline.registry.steps.tasks import open_task, settle_tasks
from wardline.registry.take_down import letter
from wardline.registry.verify import answer

WITHIN = timedelta(days=2)
"""How soon the site has to be written to."""


def call_impostor(
    actor: Actor, look_alike: LookAlike, reason: str, evidence: str
) -> None:
    """Warn everybody who asks for it, and open a task to have it taken down.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: reason or evidence is missing, or it is an account of ours.
        StaleStateError: it was decided on in the meantime.
    """
    if not evidence.strip():
        raise RegistryError("Say what shows it: quote it, and when you saw it.")
    if answer(look_alike.url).status in {"official", "retired"}:
        raise RegistryError("This is an account of ours: look at its record first.")
    told = {"evidence": evidence.strip()}
    with transaction.atomic():
        _decide(actor, look_alike, "known-impostor", reason, **told)
        open_task(
            actor,
            look_alike.account,
            "take-down",
            f"Ask the site to take down {look_alike.url}"[:300],
            paste=letter(look_alike),
            within=WITHIN,
        )


def call_harmless(actor: Actor, look_alike: LookAlike, reason: str) -> None:
    """Keep it on record as no impostor: a namesake, a fan, a parody that says so.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: no reason is given.
        StaleStateError: it was decided on in the meantime.
    """
    with transaction.atomic():
        _decide(actor, look_alike, "harmless", reason)
        _settle(actor, look_alike.account)


def call_gone(actor: Actor, look_alike: LookAlike, reason: str) -> None:
    """Record that the site took it down.

    Raises:
        DeniedError: the person is not a registrar.
        RegistryError: no reason is given.
        StaleStateError: it was decided on in the meantime.
    """
    with transaction.atomic():
        _decide(actor, look_alike, "gone", reason)
        _settle(actor, look_alike.account)


def _decide(
    actor: Actor, look_alike: LookAlike, state: str, reason: str, **told: str
) -> None:
    require(actor, "look-alike.judge", look_alike)
    if not reason.strip():
        raise RegistryError("Say why, for those who look it up later.")
    decided = {"decided_by_id": actor.id, "decided_at": timezone.now()}
    fields = {**decided, **told, "reason": reason.strip()}
    move(look_alike, state, actor, set_fields=fields)


def _settle(actor: Actor, account: Account) -> None:
    if not account.look_alikes.filter(state="known-impostor").exists():
        settle_tasks(actor, account, "take-down")
