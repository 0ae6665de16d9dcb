"""Hand a draft to the offices that its findings, or its author, call for."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.institution import current
from wardline.people.access import Actor, require
from wardline.publishing.errors import EditConflictError
from wardline.publishing.gate import lifts_hold, offices_called
from wardline.publishing.models import Clearance, Draft


def submit(actor: Actor, draft: Draft, *, version: int) -> list[Clearance]:
    """Open one clearance per office; with none to ask, the draft is cleared.

    Raises:
        DeniedError: the person is no author of the unit.
        EditConflictError: somebody saved a newer version than `version`.
        GraphError: the draft was submitted already, or is finished.
    """
    require(actor, "draft.submit", draft)
    institution = current()
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != version:
            raise EditConflictError
        move(draft, "submitted", actor)
        findings = draft.revision.findings
        called = offices_called(findings, draft.also_ask, institution)
        good = _still_good(actor, draft)
        opened = [
            Clearance.objects.create(
                draft=draft,
                office=office,
                called_by=reasons,
                lifts_hold=lifts_hold(office, findings, institution),
                content_hash=draft.content_hash,
            )
            for office, reasons in called.items()
            if office not in good
        ]
        for clearance in opened:
            record(actor, "clearance.request", clearance, called_by=clearance.called_by)
        if not opened:
            move(draft, "cleared", actor)
    return opened


def _still_good(actor: Actor, draft: Draft) -> frozenset[str]:
    """The offices whose grant of this content still holds; older ones expire."""
    granted = draft.clearances.filter(state="granted")
    for clearance in granted.filter(expires_at__lte=timezone.now()):
        move(clearance, "expired", actor)
    return frozenset(granted.values_list("office", flat=True))
