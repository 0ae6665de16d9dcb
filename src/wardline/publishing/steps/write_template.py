"""Propose words to answer with, for one unit or for all."""

from django.db import transaction

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.people.models import Unit
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import ReplyTemplate
from wardline.publishing.templates import LANGUAGES


def write_template(
    actor: Actor, unit: Unit | None, *, situation: str, language: str, text: str
) -> ReplyTemplate:
    """Propose a template; `unit` is None for every unit, `language` is `en` or `es`.

    It is never changed: to say it in other words, write another.

    Raises:
        DeniedError: no author of the unit, nor of Public Affairs.
        PublishingError: something is missing, or these words are there already.
    """
    row = ReplyTemplate(
        unit=unit,
        situation=situation.strip(),
        language=language,
        text=text.strip(),
        made_by_id=actor.id,
    )
    require(actor, "template.write", row)
    if not row.situation or not row.text or language not in LANGUAGES:
        raise PublishingError("Say when to use it, and write the answer.")
    same = ReplyTemplate.objects.filter(unit=unit, text=row.text)
    if same.exclude(state="retired").exists():
        raise PublishingError("There is a template with these words already.")
    with transaction.atomic():
        row.save()
        record(actor, "template.write", row, language=language)
    return row
