"""Say when a draft should go out; this schedules nothing and voids nothing."""

from datetime import datetime

from django.db import transaction

from wardline.audit.clock import database_now
from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft
from wardline.publishing.states import PLANNABLE


def plan_draft(actor: Actor, draft: Draft, *, at: datetime, zone: str = "") -> None:
    """Plan it for `at` (UTC), chosen in `zone`; "" keeps the zone it has.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: that time has passed, or the draft is in the queue, out or
            given up.
    """
    require(actor, "draft.edit", draft)
    if at < database_now():
        raise PublishingError("That time has passed. Choose a later one.")
    planned = {"planned_at": at, "planned_zone": zone or draft.planned_zone or "UTC"}
    open_ones = Draft.objects.filter(pk=draft.pk, state__in=PLANNABLE)
    with transaction.atomic():
        if not open_ones.update(**planned):
            raise PublishingError(
                "It is no longer only planned: reload the page and move what is due."
            )
        record(
            actor, "draft.plan", draft, at=at.isoformat(), zone=planned["planned_zone"]
        )
    draft.planned_at, draft.planned_zone = at, str(planned["planned_zone"])
