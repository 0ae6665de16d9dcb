"""Start the correction of a published post: a draft that begins with its words."""

from dataclasses import replace

from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft
from wardline.publishing.revisions import content_of, published_revision, write

FINISHED = ("published", "cancelled")


def start_correction(actor: Actor, post: Draft, *, reason: str) -> Draft:
    """Open the draft in which the author corrects `post`; `reason` will be public.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: no published post, no reason, or one is open already.
    """
    require(actor, "draft.correct", post)
    if not reason.strip():
        raise PublishingError("Say in a sentence what was wrong: readers will see it.")
    with transaction.atomic():
        post = Draft.objects.select_for_update().get(pk=post.pk)
        _check(post)
        now = published_revision(post)
        draft = Draft.objects.create(
            unit=post.unit, author_id=actor.id, corrects=post, reason=reason.strip()
        )
        live = post.publications.filter(
            state="published", action__in=["publish", "reply"]
        )
        accounts = [publication.account for publication in live]
        content = replace(content_of(now), accounts=accounts)
        write(actor, draft, content, action="correction.start")
        record(actor, "correction.reason", post, correction=draft.pk)
    return draft


def _check(post: Draft) -> None:
    if post.corrects_id:
        raise PublishingError("Correct the post itself, not its correction.")
    if post.state not in {"published", "corrected"}:
        raise PublishingError("Only a published post can be corrected.")
    if post.corrections.exclude(state__in=FINISHED).exists():
        raise PublishingError("A correction of this post is open: finish it first.")
