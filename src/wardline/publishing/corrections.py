"""Opening a correction: a draft that begins with what the public reads now."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from wardline.audit.record import record
from wardline.people.access import Actor
from wardline.publishing.errors import PublishingError
from wardline.publishing.follow import TO_CORRECT, settled
from wardline.publishing.models import Draft, ErrorReport
from wardline.publishing.reasons import public_reason
from wardline.publishing.revisions import content_of, published_revision, write

LACKING = "Say in a sentence what was wrong: readers will see it."
FINISHED = ("published", "cancelled")


def open_correction(actor: Actor, post: Draft, *, reason: str) -> Draft:
    """Open the draft in which `post` is corrected, in the caller's transaction.

    It settles the error reports that were accepted and wait for a correction.

    Raises:
        PublishingError: no published post, no reason that readers may see, or one
            is open already.
    """
    reason = public_reason(reason, lacking=LACKING)
    post = Draft.objects.select_for_update().get(pk=post.pk)
    _check(post)
    now = published_revision(post)
    draft = Draft.objects.create(
        unit=post.unit, author_id=actor.id, corrects=post, reason=reason
    )
    live = post.publications.filter(state="published", action__in=["publish", "reply"])
    accounts = [publication.account for publication in live]
    content = replace(content_of(now), accounts=accounts)
    write(actor, draft, content, action="correction.start")
    record(actor, "correction.reason", post, correction=draft.pk)
    waiting_for_one(post).update(correction=draft)
    settled(actor, post.follow_ups.filter(kind=TO_CORRECT))
    return draft


def under_way(post: Draft) -> Draft | None:
    """The correction of the post that is open, if one is."""
    return post.corrections.exclude(state__in=FINISHED).first()


def begun(post: Draft) -> bool:
    """Whether a correction of it was begun: then its first words go out no more."""
    return post.corrections.exclude(state="cancelled").exists()


def waiting_for_one(post: Draft) -> QuerySet[ErrorReport]:
    """The accepted reports that no correction settles yet, or one that was given up."""
    none_yet = Q(correction=None) | Q(correction__state="cancelled")
    return post.error_reports.filter(none_yet, state="accepted")


def _check(post: Draft) -> None:
    if post.corrects_id:
        raise PublishingError("Correct the post itself, not its correction.")
    if post.state not in {"published", "corrected"}:
        raise PublishingError("Only a published post can be corrected.")
    if under_way(post):
        raise PublishingError("A correction of this post is open: finish it first.")
