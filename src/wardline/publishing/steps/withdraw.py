"""Take a published post down at once, with a reason."""

from django.db import transaction
from django.db.models import Q

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, Publication
from wardline.publishing.settle import finish, take_down
from wardline.publishing.states import DRAFT

NOT_OUT = ("due", "by-hand", "failed", "held", "missed")


def withdraw(
    actor: Actor, post: Draft, *, reason: str, patient_data: bool = False
) -> None:
    """Queue the removal at every account, due now; nobody needs to clear it.

    What still waits to be sent is called off. What is being sent, or may be out, is
    taken down when the worker knows.

    With `patient_data` the text is restricted at once to the Privacy Office, in
    Wardline and on the public corrections page.

    Raises:
        DeniedError: no author of the unit, nor Public Affairs, nor the Privacy Office.
        PublishingError: there is no reason, or it is no published post.
    """
    require(actor, "draft.withdraw", post)
    if not reason.strip():
        raise PublishingError("Give the reason: readers will see it.")
    if post.corrects_id:
        raise PublishingError("Withdraw the post itself: its corrections go with it.")
    if not DRAFT.allows(post.state, "withdrawn"):
        raise PublishingError("Only a published post can be withdrawn.")
    with transaction.atomic():
        move(
            post,
            "withdrawn",
            actor,
            set_fields={"reason": reason.strip(), "restricted": patient_data},
            patient_data=patient_data,
        )
        if patient_data:
            post.corrections.update(restricted=True)
        _call_off(actor, post)
        for live in post.publications.filter(state="published", action="publish"):
            take_down(actor, live)


def _call_off(actor: Actor, post: Draft) -> None:
    """Cancel what is surely not out, of the post and of its corrections."""
    rows = Publication.objects.filter(Q(draft=post) | Q(draft__corrects=post))
    for row in rows.filter(state__in=NOT_OUT, in_doubt=False):
        move(row, "cancelled", actor)
        finish(actor, row)
