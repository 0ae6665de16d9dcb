"""A patient takes their authorization back: nothing more goes out, posts come down."""

from django.db import transaction

from wardline.people.access import Actor, require
from wardline.publishing.authorizations import end
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Authorization


def revoke_authorization(actor: Actor, row: Authorization, *, reason: str) -> None:
    """Revoke it at once; what uses it is held, or to be taken down within a day.

    Raises:
        DeniedError: neither of the Privacy Office nor of Public Affairs.
        PublishingError: there is no reason.
        GraphError: it has ended already.
        StaleStateError: it ended a moment ago.
    """
    require(actor, "authorization.revoke", row)
    if not reason.strip():
        raise PublishingError("Say how it was revoked, and when. Name no patient.")
    with transaction.atomic():
        end(actor, row, "revoked", why=reason.strip())
