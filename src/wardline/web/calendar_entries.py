"""What of the posts a person may see stands in their calendar."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from wardline.people.access import Actor, can
from wardline.publishing.collisions import Collision, over
from wardline.publishing.models import Draft, Publication
from wardline.publishing.slots import planned
from wardline.web.calendar_grid import Entry
from wardline.web.drafts import readable
from wardline.web.publications import visible
from wardline.web.templatetags.wardline import title_for
from wardline.web.words import WORDS

MOST = 1000
"""Publications, and planned drafts, that one calendar shows."""
Against = Mapping[tuple[int, int], Sequence[Collision]]
Filters = Mapping[str, str]
"""`unit`, a slug, and `account`, an id; "" for all."""


def entries(
    actor: Actor, start: datetime, end: datetime, filters: Filters
) -> list[Entry]:
    """Everything planned, waiting, out, held or missed from `start` to `end`.

    Both are in the reader's zone, and so are the times of the entries.
    """
    zone = str(start.tzinfo)
    rows = list(_publications(actor, start, end, filters)[:MOST])
    drafts = list(_planned(actor, start, end, filters)[:MOST])
    now = timezone.now()
    units = {each.unit_id for each in (*(row.draft for row in rows), *drafts)}
    against = over(max(start, now), end, units, zone) if now < end else {}
    return [*_sent(actor, rows, zone, against), *_meant(actor, drafts, zone, against)]


def _publications(
    actor: Actor, start: datetime, end: datetime, filters: Filters
) -> QuerySet[Publication]:
    rows = visible(actor).exclude(state="cancelled")
    if filters.get("unit"):
        rows = rows.filter(draft__unit__slug=filters["unit"])
    if filters.get("account"):
        rows = rows.filter(account=int(filters["account"]))
    shown = rows.annotate(shown_at=Coalesce("finished_at", "due_at"))
    return shown.filter(shown_at__gte=start, shown_at__lt=end).order_by("shown_at")


def _planned(
    actor: Actor, start: datetime, end: datetime, filters: Filters
) -> QuerySet[Draft]:
    rows = planned(start, end).filter(pk__in=readable(actor).order_by().values("pk"))
    if filters.get("unit"):
        rows = rows.filter(unit__slug=filters["unit"])
    if filters.get("account"):
        rows = rows.filter(accounts=int(filters["account"]))
    return rows.order_by("planned_at").prefetch_related("accounts")


def _sent(
    actor: Actor, rows: Sequence[Publication], zone: str, against: Against
) -> Iterator[Entry]:
    for row in rows:
        words, tone = WORDS["publication"][row.state]
        found = against.get((row.draft_id, row.account_id), ())
        publishes = row.action == Publication.Action.PUBLISH
        yield Entry(
            id=f"publication-{row.pk}",
            at=(row.finished_at or row.due_at).astimezone(ZoneInfo(zone)),
            title=title_for(actor, row.draft),
            action="" if publishes else row.get_action_display(),
            accounts=row.account.name,
            state=words,
            tone=tone,
            href=reverse("publication", args=[row.pk]),
            move=reverse("move-publication", args=[row.pk])
            if moves(actor, row)
            else "",
            warnings=tuple(one.words for one in found) if row.state == "due" else (),
        )


def _meant(
    actor: Actor, drafts: Sequence[Draft], zone: str, against: Against
) -> Iterator[Entry]:
    for draft in drafts:
        words, tone = WORDS["draft"][draft.state]
        accounts = list(draft.accounts.all())
        found = [one for a in accounts for one in against.get((draft.pk, a.pk), ())]
        may = can(actor, "draft.edit", draft)
        at = draft.planned_at or timezone.now()
        yield Entry(
            id=f"draft-{draft.pk}",
            at=at.astimezone(ZoneInfo(zone)),
            title=title_for(actor, draft),
            action="",
            accounts=", ".join(account.name for account in accounts),
            state=f"Planned. {words}",
            tone=tone,
            href=reverse("draft", args=[draft.pk]),
            move=reverse("move-draft", args=[draft.pk]) if may else "",
            warnings=tuple(dict.fromkeys(one.words for one in found)),
        )


def moves(actor: Actor, row: Publication) -> bool:
    """Whether this person may give it another time as it stands."""
    if row.state == "held":
        return bool(can(actor, "publication.release", row))
    waits = row.state == "missed" or (row.state == "due" and not row.in_doubt)
    late_is_fine = row.action != Publication.Action.WITHDRAW
    return waits and late_is_fine and bool(can(actor, "publication.move", row))
