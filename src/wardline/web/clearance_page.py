"""What everybody sees who decides a clearance, and what only the office sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from wardline.channels.rendering import html_of
from wardline.institution import current
from wardline.people.access import Actor, Decision, can
from wardline.publishing.approval import require_open
from wardline.publishing.errors import PublishingError
from wardline.publishing.gate import lifts_hold, missing
from wardline.publishing.models import ApprovalLink, Clearance, Revision
from wardline.publishing.revisions import published_revision
from wardline.publishing.stages import planned
from wardline.web.attached import Attached, attached
from wardline.web.elsewhere import others
from wardline.web.headings import lowered
from wardline.web.screened import (
    Screened,
    picture_url,
    reasons_in_words,
    screened,
)
from wardline.web.templatetags.wardline import decider
from wardline.web.templatetags.wardline import office as office_name
from wardline.web.wordings import Compared, PictureAt, pairs, window_changed
from wardline.web.words import WORDS


@dataclass(frozen=True, slots=True)
class ToClear:
    """The exact wording, what was found, and what it is compared with."""

    row: Clearance
    html: str
    screened: Screened
    accounts: Sequence[str]
    compared: Sequence[Compared]
    attached: Attached


@dataclass(frozen=True, slots=True)
class ClearancePage:
    """The same with what the hospital keeps to itself: notes, offices, links."""

    to_clear: ToClear
    reasons: tuple[str, ...]
    earlier: Clearance | None
    said: Sequence[Clearance]
    later: Sequence[str]
    one_of: str
    """The offices whose word suffices instead, or ""."""
    links: Sequence[ApprovalLink]
    files: bool
    """Whether the reader may know what is on record of signed forms."""
    may: Decision
    kept_in: str
    """Why nobody outside may be asked, or ""."""


def clearance_page(actor: Actor, row: Clearance) -> ClearancePage:
    """Gather what the office must see before it decides."""
    may = can(actor, "clearance.decide", row)
    links = row.approval_links.filter(
        used_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    return ClearancePage(
        to_clear=to_clear(row, lambda sha256: picture_url(row.draft_id, sha256)),
        reasons=reasons_in_words(row.called_by),
        earlier=_earlier(row),
        said=_said(row),
        later=_later(row),
        one_of=_one_of(row),
        links=list(links.select_related("made_by")) if may else [],
        files=bool(can(actor, "authorization.read", row.draft)),
        may=may,
        kept_in=_kept_in(row),
    )


def to_clear(
    row: Clearance, picture_at: PictureAt, *, outside: bool = False
) -> ToClear:
    """What is decided, as everybody sees it; `picture_at` is where its pictures are.

    Who is `outside` sees no earlier wording that may not go there.
    """
    revision = revision_of(row)
    wanted = others(revision, picture_at)
    return ToClear(
        row=row,
        html=lowered(html_of(revision.text), below=2),
        screened=screened(
            revision.title, revision.text, revision.findings, others=wanted
        ),
        accounts=[str(each) for each in row.draft.accounts.order_by("name")],
        compared=list(_compared(row, revision, picture_at, outside=outside)),
        attached=attached(row.draft),
    )


def revision_of(row: Clearance) -> Revision:
    """The wording that a clearance is bound to."""
    same = row.draft.revisions.filter(content_hash=row.content_hash)
    return same.order_by("-number")[:1].get()


def decided(row: Clearance) -> str:
    """In words for who comes second, that others decided it, or changed its words."""
    words = WORDS["clearance"][row.state][0].lower()
    if not row.decided_at:
        return f"Nothing is left to decide here: {words}."
    who = decider(row)
    return (
        f"{who} decided this in the meantime: {words}. Nothing of yours was recorded."
    )


def _compared(
    row: Clearance, revision: Revision, picture_at: PictureAt, *, outside: bool
) -> Iterator[Compared]:
    """With what readers have now, and with what the office decided last."""
    if (post := row.draft.corrects) and (
        public := published_revision(post)
    ).draft_id != row.draft_id:
        yield Compared(
            heading="What the correction changes",
            then="What readers have now",
            pairs=pairs(public, revision, picture_at),
        )
    if (earlier := _earlier(row)) and not (outside and _stays_inside(earlier)):
        then = revision_of(earlier)
        yield Compared(
            heading="What changed since this office last decided",
            then="What the office last "
            + ("cleared" if earlier.state != "refused" else "sent back"),
            pairs=pairs(then, revision, picture_at),
            window=window_changed(then, revision),
        )


def _earlier(row: Clearance) -> Clearance | None:
    """The office's last word on another wording of the draft."""
    known = row.draft.clearances.filter(
        office=row.office, decided_at__isnull=False, pk__lt=row.pk
    )
    return known.exclude(content_hash=row.content_hash).order_by("-pk").first()


def _stays_inside(earlier: Clearance) -> bool:
    """Whether its wording was sent back, perhaps for what it told, or held."""
    found = revision_of(earlier).every_finding
    held = any(lifts_hold(slug, found, current()) for slug in current().offices)
    return held or earlier.state == "refused"


def _said(row: Clearance) -> list[Clearance]:
    """What the other offices say to the same wording."""
    same = row.draft.clearances.filter(content_hash=row.content_hash)
    return list(same.exclude(pk=row.pk).select_related("decided_by").order_by("pk"))


def _later(row: Clearance) -> list[str]:
    """Who is asked once everybody who is asked now has granted."""
    draft = row.draft
    if row.state != "pending":
        return []
    asked = set(
        draft.clearances.filter(state="pending").values_list("office", flat=True)
    )
    now = timezone.now()
    lacking = missing(draft, current(), planned(draft, now), good_at=now)
    return [each.named(current()) for each in lacking if asked.isdisjoint(each.offices)]


def _kept_in(row: Clearance) -> str:
    try:
        require_open(row)
    except PublishingError as error:
        return str(error)
    return ""


def _one_of(row: Clearance) -> str:
    return " or ".join(office_name(each) for each in row.any_of if each != row.office)
