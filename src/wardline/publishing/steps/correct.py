"""Start the correction of a published post: a draft that begins with its words."""

from django.db import transaction

from wardline.people.access import Actor, require
from wardline.publishing.corrections import open_correction
from wardline.publishing.models import Draft


def start_correction(actor: Actor, post: Draft, *, reason: str) -> Draft:
    """Open the draft in which the author corrects `post`; `reason` will be public.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: no published post, no reason, or one is open already.
    """
    require(actor, "draft.correct", post)
    with transaction.atomic():
        return open_correction(actor, post, reason=reason)
