"""Give a draft up before it is published; its revisions are kept."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.corrections import waiting_for_one
from wardline.publishing.follow import TO_CORRECT, follow_up, taken_down
from wardline.publishing.models import Draft
from wardline.publishing.settle import call_off


def cancel_draft(actor: Actor, draft: Draft) -> None:
    """Cancel the draft with its clearances and publications.

    Where readers' reports wait for the correction that it was, the unit has a task.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: it is being sent, or nobody knows whether it was.
        GraphError: it is published or finished.
    """
    require(actor, "draft.cancel", draft)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        call_off(actor, draft)
        move(draft, "cancelled", actor)
        taken_down(actor, draft)
        _ask_anew(actor, draft)


def _ask_anew(actor: Actor, draft: Draft) -> None:
    """The error that a correction was to set right still stands in public."""
    post, within = draft.corrects, timedelta(hours=settings.ENVIRONMENT.correct_hours)
    if post and post.state != "withdrawn" and waiting_for_one(post).exists():
        what = "A reader's report was accepted: start another correction."
        follow_up(actor, post, TO_CORRECT, what, within=within)
