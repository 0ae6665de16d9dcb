"""Hold all that is to go out, of one unit or of everybody, and end that again."""

from django.db import transaction

from wardline.audit.clock import database_now
from wardline.audit.record import SYSTEM, record
from wardline.audit.states import StaleStateError, move
from wardline.people.access import Actor, require
from wardline.people.models import Unit
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Pause
from wardline.publishing.pauses import lasting, pause_over, waiting
from wardline.publishing.settle import finish


def start_pause(actor: Actor, unit: Unit | None, reason: str) -> Pause:
    """Hold what falls due from now on, of the unit or, with None, of everybody.

    What is being sent at this moment is finished; withdrawals go on.

    Raises:
        DeniedError: the person may not pause this.
        PublishingError: there is no reason, or it is paused already.
    """
    pause = Pause(unit=unit, reason=reason.strip(), started_by_id=actor.id)
    require(actor, "pause.start", pause)
    if not pause.reason:
        raise PublishingError("Say why: everybody whom it stops reads this.")
    pause.started_at = database_now()
    with transaction.atomic():
        if lasting().filter(unit=unit).exists():
            raise PublishingError("This is paused already.")
        pause.save()
        record(actor, "pause.start", pause, unit=pause.unit_id, reason=pause.reason)
    return pause


def end_pause(actor: Actor, pause: Pause) -> None:
    """End it; this sends nothing: what fell due meanwhile is held for review.

    Raises:
        DeniedError: the person is not of Public Affairs.
        StaleStateError: it was ended meanwhile.
    """
    require(actor, "pause.end", pause)
    now = database_now()
    with transaction.atomic():
        overdue = waiting(pause).filter(next_attempt_at__lte=now)
        for row in overdue.select_related("draft").select_for_update(of=("self",)):
            if pause_over(row):
                held = {"problem": "It fell due while publishing was paused."}
                move(row, "held", SYSTEM, set_fields=held, pause=pause.pk)
                finish(SYSTEM, row)
        ended = {"ended_at": now, "ended_by_id": actor.id}
        if not Pause.objects.filter(pk=pause.pk, ended_at=None).update(**ended):
            raise StaleStateError("This pause was ended a moment ago. Reload the page.")
        record(actor, "pause.end", pause)
    pause.ended_at, pause.ended_by_id = now, actor.id
