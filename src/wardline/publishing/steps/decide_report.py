"""The unit, or Public Affairs, decides on a reader's report of an error."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, can, require
from wardline.publishing.corrections import open_correction, under_way
from wardline.publishing.errors import PublishingError
from wardline.publishing.follow import TO_CORRECT, follow_up
from wardline.publishing.models import Draft, ErrorReport
from wardline.publishing.withdrawal import take_back

PRIVACY = "It showed something that is private."
"""The reason on record for a withdrawal; the public reads only that it happened."""


def accept_report(actor: Actor, report: ErrorReport, *, reason: str) -> Draft | None:
    """Say that the reader is right, and start the correction with `reason`.

    One that is open already settles this report too. Who does not write for the unit
    leaves it a task instead, and None comes back.

    Raises:
        DeniedError: neither an author of the unit nor of Public Affairs.
        PublishingError: there is no reason, or the post is not out any more.
        GraphError: the report was decided already.
        StaleStateError: somebody decided it a moment ago.
    """
    require(actor, "error-report.decide", report.post)
    with transaction.atomic():
        post = Draft.objects.select_for_update().get(pk=report.post_id)
        move(report, "accepted", actor, set_fields=_decided(actor))
        if fix := under_way(post):
            report.correction = fix
            report.save(update_fields=["correction"])
        elif can(actor, "draft.correct", post):
            fix = open_correction(actor, post, reason=reason)
        else:
            what = f"{report} was accepted: start the correction."
            within = timedelta(hours=settings.ENVIRONMENT.correct_hours)
            follow_up(actor, post, TO_CORRECT, what, within=within)
    return fix


def dismiss_report(actor: Actor, report: ErrorReport, *, note: str) -> None:
    """Say that the post is right as it is; `note` says why, and stays inside.

    Raises:
        DeniedError: neither an author of the unit nor of Public Affairs.
        PublishingError: there is no note.
        GraphError: the report was decided already.
        StaleStateError: somebody decided it a moment ago.
    """
    require(actor, "error-report.decide", report.post)
    if not note.strip():
        raise PublishingError("Say in a sentence why the post is right as it is.")
    fields = _decided(actor) | {"note": note.strip()}
    move(report, "dismissed", actor, set_fields=fields)


def withdraw_reported(actor: Actor, report: ErrorReport) -> None:
    """The reader saw patient data: take the post down at once, restricted.

    Raises:
        DeniedError: no author of the unit, nor Public Affairs, nor the Privacy Office.
        PublishingError: the post is not out any more.
        StaleStateError: the post was withdrawn a moment ago.
    """
    require(actor, "draft.withdraw", report.post)
    with transaction.atomic():
        take_back(actor, report.post, reason=PRIVACY, patient_data=True)


def _decided(actor: Actor) -> dict[str, Any]:
    return {"decided_by_id": actor.id or None, "decided_at": timezone.now()}
