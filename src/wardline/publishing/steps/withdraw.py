"""Take a published post down at once, with a reason."""

from django.db import transaction

from wardline.people.access import Actor, require
from wardline.publishing.models import Draft
from wardline.publishing.withdrawal import take_back


def withdraw(
    actor: Actor, post: Draft, *, reason: str, patient_data: bool = False
) -> None:
    """Queue the removal at every account, due now; nobody needs to clear it.

    What still waits to be sent is called off. What is being sent, or may be out, is
    taken down when the worker knows. Replies that corrected the post go as well.

    With `patient_data` the text is restricted at once to the Privacy Office, in
    Wardline and on the public corrections page, and that office is told.

    Raises:
        DeniedError: no author of the unit, nor Public Affairs, nor the Privacy Office.
        PublishingError: there is no reason, or it is no published post.
    """
    require(actor, "draft.withdraw", post)
    with transaction.atomic():
        take_back(actor, post, reason=reason, patient_data=patient_data)
