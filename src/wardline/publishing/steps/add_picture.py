"""Keep a picture of a unit for its posts, without what its file says beside it."""

from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Unit
from wardline.publishing.models import Picture
from wardline.publishing.pictures import drawn_anew

_SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}


def add_picture(actor: Actor, unit: Unit, name: str, content: bytes) -> Picture:
    """Draw the picture anew and keep it; the same one is kept once.

    `name` is told back in messages only: file names name patients, and sites show them.

    Raises:
        DeniedError: the person is no author of the unit.
        PictureError: it is no picture that can be published.
    """
    require(actor, "picture.add", unit)
    drawn = drawn_anew(name, content)
    with transaction.atomic():
        row, new = Picture.objects.get_or_create(
            unit=unit,
            sha256=drawn.sha256,
            defaults={
                "name": f"picture-{drawn.sha256[:8]}.{_SUFFIX[drawn.kind]}",
                "kind": drawn.kind,
                "width": drawn.width,
                "height": drawn.height,
                "content": drawn.content,
                "added_by_id": actor.id,
            },
        )
        if new:
            record(actor, "picture.add", row, sha256=row.sha256)
    return row
