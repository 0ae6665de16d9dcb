"""Who may do what with posts, the clearances they need, and what follows from them."""

from collections.abc import Mapping
from typing import Protocol

from wardline.people.actor import (
    YES,
    Actor,
    Decision,
    Keyed,
    Rule,
    UnitThing,
    author_of,
    only,
)
from wardline.people.roles import Role


class DraftThing(UnitThing, Protocol):
    """What access needs to know of a draft."""

    restricted: bool
    offices_called: frozenset[str]
    writer_ids: frozenset[int]


class ClearanceThing(Protocol):
    """What access needs to know of a clearance."""

    office: str
    draft: DraftThing


class PublicationThing(Protocol):
    """What access needs to know of a publication."""

    draft: DraftThing
    action: str


class OfUnitOrAll(Protocol):
    """What belongs to a unit, or to the whole hospital: a pause, a reply template."""

    unit_id: int | None


def _create(actor: Actor, unit: Keyed) -> Decision:
    return author_of(actor, unit.pk)


def _change(actor: Actor, draft: UnitThing) -> Decision:
    return author_of(actor, draft.unit_id)


def _read(actor: Actor, draft: DraftThing) -> Decision:
    """Restricted drafts (patient data was published) are the Privacy Office's alone."""
    if actor.has(Role.PRIVACY):
        return YES
    if draft.restricted:
        return Decision(
            "This text holds patient data: only the Privacy Office reads it."
        )
    if actor.is_in(draft.unit_id) or actor.has(Role.AUDITOR, Role.PUBLIC_AFFAIRS):
        return YES
    if draft.offices_called.intersection(actor.offices):
        return YES
    return Decision("This draft belongs to another unit.")


def _decide(actor: Actor, clearance: ClearanceThing) -> Decision:
    if clearance.office not in actor.offices:
        return Decision("Only the office that was called may decide this clearance.")
    if actor.id in clearance.draft.writer_ids:
        return Decision("You wrote or edited this draft: a colleague must clear it.")
    return _read(actor, clearance.draft)


def _withdraw(actor: Actor, draft: DraftThing) -> Decision:
    if actor.has(Role.PUBLIC_AFFAIRS, Role.PRIVACY):
        return YES
    return _change(actor, draft)


def _send(actor: Actor, publication: PublicationThing) -> Decision:
    return _change(actor, publication.draft)


def _resolve(actor: Actor, publication: PublicationThing) -> Decision:
    """Who may withdraw a post may see to it that it comes down."""
    if publication.action == "withdraw" or publication.draft.restricted:
        return _withdraw(actor, publication.draft)
    return _change(actor, publication.draft)


def _queue(actor: Actor, office: str) -> Decision:
    if office in actor.offices or actor.has(Role.AUDITOR):
        return YES
    return Decision("Only the office itself works through its queue.")


def _delegate(actor: Actor, office: str) -> Decision:
    """One's own office is handed over by oneself; the administrator helps out."""
    if office in actor.roles or actor.has(Role.ADMINISTRATOR):
        return YES
    return Decision("Only somebody of the office itself hands it over.")


def _release(actor: Actor, publication: PublicationThing) -> Decision:
    draft = publication.draft
    if not actor.has(Role.PUBLIC_AFFAIRS):
        return Decision(
            f"Public Affairs looks at what was held for {draft}, and releases it."
        )
    if actor.id in draft.writer_ids:
        return Decision("You wrote or edited this draft: a colleague must release it.")
    return YES


def _pause(actor: Actor, pause: OfUnitOrAll) -> Decision:
    if actor.has(Role.PUBLIC_AFFAIRS, Role.PRIVACY):
        return YES
    if pause.unit_id is None:
        return Decision("Only Public Affairs or the Privacy Office pause everything.")
    return author_of(actor, pause.unit_id)


def _template(actor: Actor, template: OfUnitOrAll) -> Decision:
    if actor.has(Role.PUBLIC_AFFAIRS):
        return YES
    if template.unit_id is None:
        return Decision("Only Public Affairs writes templates for every unit.")
    return author_of(actor, template.unit_id)


def _authorization(actor: Actor, authorization: UnitThing) -> Decision:
    if actor.has(Role.PRIVACY, Role.PUBLIC_AFFAIRS, Role.AUDITOR):
        return YES
    return author_of(actor, authorization.unit_id)


def _report(actor: Actor, post: UnitThing) -> Decision:
    if actor.has(Role.PUBLIC_AFFAIRS):
        return YES
    return author_of(actor, post.unit_id)


POST_RULES: Mapping[str, Rule] = {
    "draft.create": _create,
    "draft.read": _read,
    "draft.edit": _change,
    "draft.submit": _change,
    "draft.cancel": _change,
    "draft.schedule": _change,
    "draft.correct": _change,
    "draft.withdraw": _withdraw,
    "clearance.decide": _decide,
    "clearance.invite": _decide,
    "office.queue": _queue,
    "office.delegate": _delegate,
    "publication.resolve": _resolve,
    "publication.move": _send,
    "publication.release": _release,
    "pause.start": _pause,
    "pause.end": only(Role.PUBLIC_AFFAIRS),
    "picture.add": _create,
    "template.write": _template,
    "template.approve": only(Role.PUBLIC_AFFAIRS),
    "authorization.read": _authorization,
    "authorization.record": only(Role.PRIVACY),
    "authorization.revoke": only(Role.PRIVACY, Role.PUBLIC_AFFAIRS),
    "error-report.decide": _report,
    "follow-up.close": _withdraw,
    "patient-data.close": only(Role.PRIVACY),
}
