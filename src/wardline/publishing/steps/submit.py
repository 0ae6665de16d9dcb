"""Hand a draft to the offices that its findings, or its author, call for."""

from django.db import transaction
from django.utils import timezone

from wardline.audit.record import record
from wardline.audit.states import move
from wardline.institution import Institution, current
from wardline.people.access import Actor, require
from wardline.publishing.errors import EditConflictError, PublishingError
from wardline.publishing.gate import Requirement, lifts_hold, matter, requirements
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.outgoing import unfit


def submit(actor: Actor, draft: Draft, *, version: int) -> list[Clearance]:
    """Open one clearance per office; with none to ask, the draft is cleared.

    Raises:
        DeniedError: the person is no author of the unit.
        EditConflictError: somebody saved a newer version than `version`.
        PublishingError: one of its accounts cannot take it as it is.
        GraphError: the draft was submitted already, or is finished.
    """
    require(actor, "draft.submit", draft)
    institution = current()
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != version:
            raise EditConflictError
        if problems := list(unfit(draft)):
            raise PublishingError(" ".join(problems))
        move(draft, "submitted", actor)
        when = draft.planned_at or timezone.now()
        needed = requirements(matter(draft, when), institution)
        good = _still_good(actor, draft)
        opened = [
            _open(draft, office, each, institution)
            for each in needed
            for office in each.offices
            if good.isdisjoint(each.offices)
        ]
        for clearance in opened:
            record(actor, "clearance.request", clearance, called_by=clearance.called_by)
        if not opened:
            move(draft, "cleared", actor)
    return opened


def _open(
    draft: Draft, office: str, needed: Requirement, institution: Institution
) -> Clearance:
    return Clearance.objects.create(
        draft=draft,
        office=office,
        called_by=list(needed.reasons),
        lifts_hold=lifts_hold(office, draft.revision.every_finding, institution),
        content_hash=draft.content_hash,
    )


def _still_good(actor: Actor, draft: Draft) -> frozenset[str]:
    """The offices whose grant of this content still holds; older ones expire."""
    granted = draft.clearances.filter(state="granted")
    for clearance in granted.filter(expires_at__lte=timezone.now()):
        move(clearance, "expired", actor)
    return frozenset(granted.values_list("office", flat=True))
