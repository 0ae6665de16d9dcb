"""Take a published post down at once, with a reason."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, Publication
from wardline.publishing.states import DRAFT


def withdraw(
    actor: Actor, post: Draft, *, reason: str, patient_data: bool = False
) -> None:
    """Queue the removal at every account, due now; nobody needs to clear it.

    With `patient_data` the text is restricted at once to the Privacy Office, in
    Wardline and on the public corrections page.

    Raises:
        DeniedError: no author of the unit, nor Public Affairs, nor the Privacy Office.
        PublishingError: there is no reason, or the post is not published.
    """
    require(actor, "draft.withdraw", post)
    if not reason.strip():
        raise PublishingError("Give the reason: readers will see it.")
    if not DRAFT.allows(post.state, "withdrawn"):
        raise PublishingError("Only a published post can be withdrawn.")
    now = timezone.now()
    with transaction.atomic():
        move(
            post,
            "withdrawn",
            actor,
            set_fields={"reason": reason.strip(), "restricted": patient_data},
            patient_data=patient_data,
        )
        if patient_data:
            post.corrections.update(restricted=True)
        for live in post.publications.filter(state="published", action="publish"):
            Publication.objects.create(
                draft=post,
                account=live.account,
                revision=live.revision,
                action="withdraw",
                due_at=now,
                next_attempt_at=now,
                zone="UTC",
                remote_id=live.remote_id,
                remote_url=live.remote_url,
            )
