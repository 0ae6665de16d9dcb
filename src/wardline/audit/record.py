"""Adding an entry, in the transaction of the change that it records."""

from django.db import connection, models
from django.utils import timezone

from wardline.audit import chain
from wardline.audit.models import Entry, Head
from wardline.people.access import Actor

SYSTEM = Actor(id=0, name="Wardline")


def record(actor: Actor, action: str, target: models.Model, **detail: object) -> Entry:
    """Append one entry; `detail` holds ids, hashes and choices, never post text.

    Raises:
        RuntimeError: there is no open transaction that would also undo the change.
    """
    if not connection.in_atomic_block:
        msg = f"audit of '{action}' needs the change's own transaction"
        raise RuntimeError(msg)
    head = Head.objects.select_for_update().get_or_create(pk=1)[0]
    entry = Entry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor_id=actor.id or None,
        actor_name=actor.name,
        action=action,
        target=f"{type(target).__name__.lower()}:{target.pk}",
        target_name=str(target)[:200],
        detail=detail,
        previous=head.mac,
    )
    entry.mac = chain.mac(entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=1).update(sequence=entry.sequence, mac=entry.mac)
    return entry
