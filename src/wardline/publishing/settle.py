"""What follows for a draft when it is called off, or when a publication ended."""

from django.db.models import Q

from wardline.audit.clock import database_now
from wardline.audit.record import record
from wardline.audit.states import move
from wardline.people.access import Actor
from wardline.publishing.corrections import begun
from wardline.publishing.errors import PublishingError
from wardline.publishing.follow import TO_CORRECT, follow_up, taken_down
from wardline.publishing.links import watch
from wardline.publishing.models import Draft, Publication
from wardline.publishing.states import (
    LIVE_CLEARANCE,
    UNDER_WAY,
    WAITING_FOR_A_PERSON,
)


def call_off(actor: Actor, draft: Draft, *, keep_clearances: bool = False) -> None:
    """Cancel what is queued and void the clearances, in the caller's transaction.

    Raises:
        PublishingError: it is being sent, or nobody knows whether it was.
        StaleStateError: the worker took a publication in the meantime.
    """
    waiting = draft.publications.filter(state__in=UNDER_WAY | WAITING_FOR_A_PERSON)
    for publication in waiting:
        if publication.state == "sending" or (
            publication.state == "due" and publication.in_doubt
        ):
            raise PublishingError(
                "This draft is being sent at this moment. "
                "Wait until it is published, then correct or withdraw it."
            )
        if publication.state == "unconfirmed":
            msg = (
                f"Nobody knows yet whether it is out on {publication.account}. "
                "Look there and settle that first."
            )
            raise PublishingError(msg)
        move(publication, "cancelled", actor)
    if not keep_clearances:
        void_clearances(actor, draft)


def void_clearances(actor: Actor, draft: Draft) -> None:
    """Void every clearance that is asked for or granted."""
    for clearance in draft.clearances.filter(state__in=LIVE_CLEARANCE):
        move(clearance, "void", actor)


def finish(actor: Actor, publication: Publication) -> None:
    """Move the draft on when a publication ended, in the caller's transaction.

    The first success publishes the draft, and marks the post it corrects. When the
    last one ended with no success, the draft goes back to `cleared`, to a person.
    What came out although the post was withdrawn meanwhile is taken down again; what
    was corrected elsewhere meanwhile becomes a task.
    """
    draft = Draft.objects.select_for_update().get(pk=publication.draft_id)
    post = draft
    if draft.corrects_id:
        post = Draft.objects.select_for_update().get(pk=draft.corrects_id)
    removal = publication.action == "withdraw"
    if publication.state == "published" and not removal:
        _catch_up(actor, publication, post)
    if removal and not _coming_down(post):
        taken_down(actor, post)
    if draft.state != "scheduled":
        return
    open_states = UNDER_WAY | {"by-hand", "unconfirmed", "failed"}
    if publication.state == "published":
        move(draft, "published", actor)
        _mark_corrected(actor, draft)
        watch(actor, post)
    elif not draft.publications.filter(state__in=open_states).exists():
        move(draft, "cleared", actor)


def take_down(actor: Actor, live: Publication) -> None:
    """Queue the removal of what a publication put out, due now."""
    now = database_now()
    removal = Publication.objects.create(
        draft_id=live.draft_id,
        account_id=live.account_id,
        revision_id=live.revision_id,
        action="withdraw",
        key=f"withdraw-{live.pk}",
        due_at=now,
        next_attempt_at=now,
        zone="UTC",
        remote_id=live.remote_id,
        remote_url=live.remote_url,
    )
    record(actor, "publication.due", removal, at=now.isoformat(), zone="UTC")


def _coming_down(post: Draft) -> bool:
    """Whether something of it, or of its corrections, is still to be taken down."""
    of_it = Q(draft=post) | Q(draft__corrects=post)
    removals = Publication.objects.filter(of_it, action="withdraw")
    return removals.exclude(state__in=("published", "cancelled")).exists()


def _catch_up(actor: Actor, publication: Publication, post: Draft) -> None:
    """What comes out after its post was withdrawn, or corrected elsewhere."""
    account = publication.account
    if post.state == "withdrawn":
        take_down(actor, publication)
    elif publication.draft_id == post.pk and begun(post):
        what = f"It came out on {account} after it was corrected: correct it there too."
        follow_up(actor, post, TO_CORRECT, what, subject=str(account))


def _mark_corrected(actor: Actor, draft: Draft) -> None:
    post = draft.corrects
    if post and post.state == "published":
        move(post, "corrected", actor)
