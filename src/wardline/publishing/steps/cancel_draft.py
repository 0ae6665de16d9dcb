"""Give a draft up before it is published; its revisions are kept."""

from django.db import transaction

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.follow import taken_down
from wardline.publishing.models import Draft
from wardline.publishing.settle import call_off


def cancel_draft(actor: Actor, draft: Draft) -> None:
    """Cancel the draft with its clearances and publications.

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
