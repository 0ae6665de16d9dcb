"""Hand a draft to the offices that its findings, its author or a route call for."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.errors import EditConflictError, PublishingError
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.outgoing import unfit
from wardline.publishing.stages import ask_next


def submit(actor: Actor, draft: Draft, *, version: int) -> list[Clearance]:
    """Ask the first offices; the clearances opened. With none to ask, it is cleared.

    Raises:
        DeniedError: the person is no author of the unit.
        EditConflictError: somebody saved a newer version than `version`.
        PublishingError: one of its accounts cannot take it as it is.
        GraphError: the draft was submitted already, or is finished.
    """
    require(actor, "draft.submit", draft)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != version:
            raise EditConflictError
        if problems := list(unfit(draft)):
            raise PublishingError(" ".join(problems))
        move(draft, "submitted", actor)
        return ask_next(actor, draft, timezone.now())
