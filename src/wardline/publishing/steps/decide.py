"""An office decides: grant the exact wording, or return it with a note."""

from django.db import transaction

from wardline.people.access import Actor, require
from wardline.publishing.decision import give, refuse
from wardline.publishing.models import Clearance
from wardline.publishing.standing_in import for_whom


def grant(actor: Actor, clearance: Clearance, *, content: str, note: str = "") -> None:
    """Clear the wording whose hash is `content`; the last grant clears the draft.

    Where another order of offices comes next, these are asked now.

    Raises:
        DeniedError: not this office, or a writer of this draft.
        PublishingError: the wording changed, or a hold would be lifted with no reason
            or against the patient's authorization.
        StaleStateError: the clearance was decided or voided meanwhile.
    """
    require(actor, "clearance.decide", clearance)
    decided_as = for_whom(actor, clearance.office)
    with transaction.atomic():
        give(actor, clearance, content=content, note=note, decided_as=decided_as)


def send_back(actor: Actor, clearance: Clearance, *, note: str) -> None:
    """Refuse the wording with a note for the author; other clearances become void.

    Raises:
        DeniedError: not this office, or a writer of this draft.
        PublishingError: there is no note that says what to change.
        StaleStateError: the clearance was decided or voided meanwhile.
    """
    require(actor, "clearance.decide", clearance)
    decided_as = for_whom(actor, clearance.office)
    with transaction.atomic():
        refuse(actor, clearance, note=note, decided_as=decided_as)
