"""Keep the address of an archive's copy of a linked page, as its author gives it."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import LinkCheck

_LONGEST = 2000
_address = URLValidator(schemes=["https"])


def keep_archive(actor: Actor, row: LinkCheck, url: str) -> None:
    """Store the address of the copy; empty takes it back.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: it is no https address.
    """
    require(actor, "draft.edit", row.draft)
    if url:
        try:
            _address(url)
        except ValidationError as error:
            message = "Paste the whole address of the copy; it begins with https://."
            raise PublishingError(message) from error
    with transaction.atomic():
        row.archive_url = url[:_LONGEST]
        row.save(update_fields=["archive_url"])
        record(actor, "link.archive", row.draft, link=row.pk)
