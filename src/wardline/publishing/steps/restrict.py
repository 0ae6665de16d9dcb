"""Patient data is found in a post that was withdrawn for another reason."""

from django.db import transaction

from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft
from wardline.publishing.withdrawal import restrict


def restrict_withdrawn(actor: Actor, post: Draft) -> None:
    """Leave its text to the Privacy Office, in Wardline and on the public page.

    Raises:
        DeniedError: no author of the unit, nor Public Affairs, nor the Privacy Office.
        PublishingError: it is no withdrawn post, or was restricted already.
    """
    require(actor, "draft.withdraw", post)
    with transaction.atomic():
        post = Draft.objects.select_for_update().get(pk=post.pk)
        if post.state != "withdrawn" or post.restricted:
            raise PublishingError(
                "This is for posts that are withdrawn and still told."
            )
        restrict(actor, post)
