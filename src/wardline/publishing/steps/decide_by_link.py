"""Somebody without an account decides, once, by the link that the office sent."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wardline.people.access import Actor
from wardline.publishing.approval import good_link
from wardline.publishing.decision import give, refuse, same_wording
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import ApprovalLink, Clearance, Draft

LONGEST_NAME = 120


def open_link(token: str) -> Clearance:
    """What the link lets one decide; opening it changes nothing.

    Raises:
        PublishingError: it does not work any more; the message says why.
    """
    return good_link(token).clearance


def decide_by_link(
    token: str, *, content: str, granted: bool, note: str, name: str
) -> None:
    """Grant or send back the wording whose hash is `content`, and use the link up.

    `name` is who says they decide; with the address that the link was sent to it is
    on record.

    Raises:
        PublishingError: the link does not work any more, the wording changed, there
            is no name, or no note that says what to change.
        StaleStateError: somebody else decided in this moment.
    """
    if not (name := " ".join(name.split())[:LONGEST_NAME]):
        raise PublishingError("Write your name: it is kept with your decision.")
    with transaction.atomic():
        link = good_link(token)
        row = link.clearance
        # Writers take this lock as well: nobody becomes one meanwhile.
        draft = Draft.objects.select_for_update().get(pk=row.draft_id)
        same_wording(draft, row, content)
        _use(link)
        actor = Actor(0, name).through("by link")
        decided_as = f"by link {link.pk}: {name} <{link.email}>"
        if granted:
            give(actor, row, content=content, note=note, decided_as=decided_as)
        else:
            refuse(actor, row, note=note, decided_as=decided_as)


def _use(link: ApprovalLink) -> None:
    now = timezone.now()
    good = Q(used_at=None, revoked_at=None, expires_at__gt=now)
    if not ApprovalLink.objects.filter(good, pk=link.pk).update(used_at=now):
        raise PublishingError("This link was used: it decides once only.")
