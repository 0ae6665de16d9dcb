"""What patients allowed: whether a draft keeps to it, and what follows when it ends.

https://www.ecfr.gov/current/title-45/section-164.508
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor
from wardline.publishing.follow import follow_up
from wardline.publishing.models import Authorization, Draft, Publication
from wardline.publishing.settle import finish
from wardline.publishing.times import hospital_time

COVERS = {
    "story": "The story",
    "image": "Pictures and film",
    "voice": "The voice",
    "name": "The name",
}
"""What an authorization may cover, in words."""
TAKE_DOWN = "take-down"
WITHIN = timedelta(hours=24)
OUT = ("published", "corrected")
MAY_BE_OUT = Q(state__in=["by-hand", "sending", "unconfirmed"]) | Q(
    state="due", in_doubt=True
)


def objection(draft: Draft, when: datetime) -> str:
    """Why an attached authorization does not let the draft go out at `when`, or ""."""
    return next(_objections(draft, when), "")


def shown(draft: Draft) -> frozenset[str]:
    """What the draft shows of a patient, by what was found: `story`, `image`."""
    revision = draft.revision
    kinds = {
        found["kind"]
        for found in revision.every_finding
        if found["topic"] == "patient-privacy" and found["severity"] == "hold"
    }
    image = {"image"} if kinds and (revision.pictures or "photo" in kinds) else set()
    story = {"story"} if kinds - {"photo"} else set()
    return frozenset(image | story)


def uses(row: Authorization) -> QuerySet[Draft]:
    """The drafts and posts that name it, those whose correction does among them."""
    named = Q(authorizations=row) | Q(
        corrections__authorizations=row, corrections__state="published"
    )
    return Draft.objects.filter(named, corrects=None).distinct()


def live(row: Authorization) -> QuerySet[Draft]:
    """The posts that use it and are public."""
    return uses(row).filter(state__in=OUT)


def usable(unit_id: int) -> QuerySet[Authorization]:
    """The unit's authorizations that are good now."""
    still = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return Authorization.objects.filter(still, unit=unit_id, state="valid")


def end(actor: Actor, row: Authorization, state: str, *, why: str) -> None:
    """Revoke it or let it expire, in the caller's transaction.

    What was not sent yet is held. What is out, or may be, is to be taken down within
    a day: a person does that, who sees what else the post says.
    """
    ended = {
        "ended_at": timezone.now(),
        "ended_by_id": actor.id or None,
        "ended_why": why,
    }
    move(row, state, actor, set_fields=ended)
    _hold(actor, row)
    what = f"{row} is {state}. Withdraw the post, or what shows the patient in it."
    # Not a draft's lock before a publication's: workers take them the other way round.
    sent = Publication.objects.filter(MAY_BE_OUT).values("draft")
    unsure = Draft.objects.filter(authorizations=row, pk__in=sent)
    for post in {*live(row), *unsure}:
        follow_up(actor, post, TAKE_DOWN, what, subject=str(row), within=WITHIN)


def _hold(actor: Actor, row: Authorization) -> None:
    waiting = Publication.objects.filter(
        draft__authorizations=row, state="due", in_doubt=False
    ).exclude(action="withdraw")
    problem = f"{row} is {row.state}."
    for publication in waiting.select_for_update(of=("self",)):
        move(publication, "held", actor, set_fields={"problem": problem})
        finish(actor, publication)


def _objections(draft: Draft, when: datetime) -> Iterator[str]:
    attached = list(draft.authorizations.prefetch_related("accounts"))
    for row in attached:
        if row.state != "valid":
            yield f"{row} is {row.state}. Take what it covers out of the post."
        elif row.expires_at and row.expires_at <= when:
            ends = hospital_time(row.expires_at)
            yield f"{row} ends on {ends:%d %B %Y at %H:%M}, before this goes out."
        for account in set(draft.accounts.all()) - set(row.accounts.all()):
            yield f"{row} does not cover {account}. Choose only accounts it covers."
    lacking = shown(draft) - {part for row in attached for part in row.covers}
    if attached and lacking:
        parts = " and ".join(COVERS[part].lower() for part in sorted(lacking))
        yield f"No authorization that is attached covers {parts} of the patient."
