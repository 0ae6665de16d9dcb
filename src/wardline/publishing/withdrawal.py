"""Taking a post down: what is out, what waits, and who is told of patient data."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.people.access import Actor
from wardline.publishing.errors import PublishingError
from wardline.publishing.follow import LOOK, TELL, follow_up
from wardline.publishing.models import Draft, Publication
from wardline.publishing.reasons import public_reason
from wardline.publishing.settle import finish, take_down
from wardline.publishing.states import DRAFT

NOT_OUT = ("due", "by-hand", "failed", "held", "missed")
WITHIN = timedelta(hours=24)
LACKING = "Give the reason: readers will see it."
TOLD = "Tell the Privacy Office that patient data was published: no letter went out."
WHAT = "Patient data was published here. Read what it was and follow your procedure."


def take_back(
    actor: Actor, post: Draft, *, reason: str, patient_data: bool = False
) -> None:
    """Withdraw the post everywhere, in the caller's transaction; see `withdraw`.

    With patient data nobody reads the reason, so it may say what it likes.

    Raises:
        PublishingError: there is no reason that readers may see, or it is no
            published post.
    """
    _check(post)
    if not patient_data or not reason.strip():
        reason = public_reason(reason, lacking=LACKING)
    # Workers lock a publication and then its draft: so do we.
    list(_rows(post).select_for_update(of=("self",)).values_list("pk"))
    fields = {"reason": reason.strip()}
    move(post, "withdrawn", actor, set_fields=fields, patient_data=patient_data)
    if patient_data:
        restrict(actor, post)
    for row in _rows(post).filter(state__in=NOT_OUT, in_doubt=False):
        move(row, "cancelled", actor)
        finish(actor, row)
    for live in _standing(post):
        take_down(actor, live)
    _settle_reports(actor, post)


def restrict(actor: Actor, post: Draft) -> None:
    """Leave the post and its corrections to the Privacy Office, and tell it.

    In the caller's transaction. That office gets a letter with no word of the text, and
    a task.
    """
    Draft.objects.filter(Q(pk=post.pk) | Q(corrects=post)).update(restricted=True)
    post.restricted = True
    record(actor, "draft.restrict", post)
    follow_up(actor, post, TELL, TOLD)
    follow_up(actor, post, LOOK, WHAT, within=WITHIN)


def _check(post: Draft) -> None:
    if post.corrects_id:
        raise PublishingError("Withdraw the post itself: its corrections go with it.")
    if not DRAFT.allows(post.state, "withdrawn"):
        raise PublishingError("Only a published post can be withdrawn.")


def _rows(post: Draft) -> QuerySet[Publication]:
    """The publications of the post and of its corrections."""
    return Publication.objects.filter(Q(draft=post) | Q(draft__corrects=post))


def _standing(post: Draft) -> Iterator[Publication]:
    """What of it is out: the post on every account, and the replies that correct it."""
    seen = set()
    rows = _rows(post).filter(state="published").exclude(action="withdraw")
    for row in rows.order_by("pk"):
        if (place := (row.account_id, row.remote_id)) not in seen:
            seen.add(place)
            yield row


def _settle_reports(actor: Actor, post: Draft) -> None:
    decided = {"decided_by_id": actor.id or None, "decided_at": timezone.now()}
    note = {"note": "The post was withdrawn."}
    for report in post.error_reports.filter(state="received"):
        move(report, "accepted", actor, set_fields=decided | note)
