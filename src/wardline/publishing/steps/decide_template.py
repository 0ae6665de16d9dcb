"""Public Affairs approves a reply template, or takes it out of use."""

from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import ReplyTemplate
from wardline.publishing.screen import screen


def approve_template(actor: Actor, row: ReplyTemplate) -> None:
    """From now on replies with these words need no clearance of their own.

    Raises:
        DeniedError: the person is not of Public Affairs.
        PublishingError: they wrote it themselves, or screening holds it.
        GraphError: it is no proposal.
        StaleStateError: it was decided meanwhile.
    """
    require(actor, "template.approve", row)
    if row.made_by_id == actor.id:
        raise PublishingError("You wrote this template: a colleague must approve it.")
    found, _ = screen("", row.text, "network", reply=True)
    for finding in found:
        if finding["severity"] == "hold":
            msg = f"It cannot be approved: {finding['message']} Write it without that."
            raise PublishingError(msg)
    _decide(actor, row, "approved")


def retire_template(actor: Actor, row: ReplyTemplate) -> None:
    """Take it out of use; replies that wait to be sent with it need clearance again.

    Raises:
        DeniedError: the person is not of Public Affairs.
        GraphError: it is retired already.
        StaleStateError: it was decided meanwhile.
    """
    require(actor, "template.approve", row)
    _decide(actor, row, "retired")


def _decide(actor: Actor, row: ReplyTemplate, state: str) -> None:
    decided = {"decided_by_id": actor.id, "decided_at": timezone.now()}
    move(row, state, actor, set_fields=decided)
