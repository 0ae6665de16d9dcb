"""Why a publication must not be sent now, by the clock that all workers share."""

from datetime import datetime, timedelta

from django.conf import settings

from wardline.institution import current
from wardline.publishing.authorizations import objection
from wardline.publishing.corrections import begun
from wardline.publishing.gate import missing, named
from wardline.publishing.models import Draft, Publication
from wardline.publishing.pauses import pause_over


def hindrance(row: Publication, now: datetime) -> tuple[str, str] | None:
    """The state to settle in, and the reason: too late, not cleared, not ours.

    Asked in a transaction, which then holds the draft as it is.
    """
    if reason := _not_ours(row):
        return "held", reason
    if too_late(row, now):
        return (
            "missed",
            "It could not be sent in time. Schedule it again if it still fits.",
        )
    if reason := standing_against(row, now):
        return "held", reason
    return None


def standing_against(row: Publication, now: datetime) -> str:
    """Why it must not go out, its time apart, or "": a person who posts by hand asks too.

    In a transaction, as above.
    """
    return _not_ours(row) or _paused(row) or _uncleared(row, now)


def too_late(row: Publication, now: datetime) -> bool:
    """Whether a post is beyond the time in which it may still go out by itself."""
    grace = timedelta(minutes=settings.ENVIRONMENT.grace_minutes)
    return row.action == Publication.Action.PUBLISH and now > row.due_at + grace


def _not_ours(row: Publication) -> str:
    """A correction goes where its post is, whosever account that is by now."""
    account = row.account
    if account.state not in {"active", "due-for-review"}:
        return f"{account} is {account.state}."
    if account.unit_id != row.draft.unit_id and not row.draft.corrects_id:
        return f"{account} belongs to {account.unit} now, for whom nobody cleared it."
    return ""


def _paused(row: Publication) -> str:
    if (pause := pause_over(row)) is None:
        return ""
    return (
        f"Publishing is paused ({pause.reason.rstrip('.')}). "
        "Public Affairs releases what was held."
    )


def _uncleared(row: Publication, now: datetime) -> str:
    draft = Draft.objects.select_for_update().get(pk=row.draft_id)
    if reason := _overtaken(row, draft):
        return reason
    if lacking := missing(draft, current(), row.due_at, good_at=now):
        names = named(lacking, current())
        return f"The clearance by {names} is missing or expired. Submit it again."
    if reason := objection(draft, now):
        return reason
    if draft.not_after and now > draft.not_after:
        return "The window for which it was cleared has closed."
    return ""


def _overtaken(row: Publication, draft: Draft) -> str:
    if draft.content_hash != row.revision.content_hash:
        return "The draft was edited after it was scheduled."
    if "withdrawn" in {draft.state, draft.corrects and draft.corrects.state}:
        return "The post was withdrawn."
    if begun(draft):
        return "This post is being corrected elsewhere: its first words go out no more."
    return ""
