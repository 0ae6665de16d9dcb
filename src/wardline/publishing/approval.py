"""Approval links: whom one may go to, and whether one is good."""

import unicodedata

from django.utils import timezone

from wardline.institution import current
from wardline.people.access import can
from wardline.people.models import Person
from wardline.people.tokens import hashed
from wardline.publishing.errors import PublishingError
from wardline.publishing.gate import granted_offices, lifts_hold
from wardline.publishing.models import ApprovalLink, Clearance, Draft


def require_no_writer(draft: Draft, email: str) -> None:
    """Do nothing if nobody who wrote the draft reads what goes to this address.

    Raises:
        PublishingError: somebody does.
    """
    writers = Person.objects.filter(pk__in={*draft.writer_ids, draft.author_id})
    addresses = writers.values_list("email", flat=True)
    if _mailbox(email) in {_mailbox(address) for address in addresses}:
        raise PublishingError(
            "That is the address of somebody who wrote this draft, and nobody clears "
            "their own. Ask somebody else."
        )


def require_open(clearance: Clearance) -> None:
    """Do nothing if an outside person may still decide this clearance.

    Raises:
        PublishingError: it was decided, the office itself must do it, or a hold on
            patient data is not lifted yet.
    """
    if clearance.state != "pending":
        raise PublishingError(
            "This was decided, or the draft was changed, in the meantime: there is "
            "nothing left to decide. Ask the office for a new link if you expected one."
        )
    if clearance.lifts_hold or clearance.draft.restricted:
        raise PublishingError(
            "This draft may hold patient data: the office itself decides it, and its "
            "words go to nobody outside."
        )
    if holding := _holding(clearance.draft):
        names = " and ".join(current().offices[slug].name for slug in holding)
        msg = f"{names} must lift a hold first: until then its words go to nobody outside."
        raise PublishingError(msg)


def good_link(token: str) -> ApprovalLink:
    """The link that opens with `token`.

    Raises:
        PublishingError: there is none, or it was used, taken back or is too old, who
            made it left the office, or there is nothing left to decide.
    """
    links = ApprovalLink.objects.select_related("clearance__draft__unit", "made_by")
    link = links.filter(hash=hashed(token)).first()
    if link is None:
        raise PublishingError("This link is not complete. Copy all of it once more.")
    if link.used_at:
        raise PublishingError("This link was used: it decides once only.")
    if link.revoked_at:
        raise PublishingError("The office took this link back. Ask it for a new one.")
    if link.expires_at <= timezone.now():
        raise PublishingError("This link is too old. Ask the office for a new one.")
    require_open(link.clearance)
    _require_inviter(link)
    require_no_writer(link.clearance.draft, link.email)
    return link


def _require_inviter(link: ApprovalLink) -> None:
    """A link lends what its maker may do, and no longer than they may."""
    maker = link.made_by
    if not (maker.is_active and can(maker.actor, "clearance.invite", link.clearance)):
        raise PublishingError(
            "Who made this link no longer decides for the office. Ask it for a new one."
        )


def _mailbox(address: str) -> str:
    """Where letters to it arrive: `Ada+posts@X.org` is `ada@x.org`."""
    plain = unicodedata.normalize("NFKC", address).strip().casefold()
    local, _, domain = plain.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _holding(draft: Draft) -> list[str]:
    """The offices that alone may lift a hold on it, and have not."""
    found = draft.revision.every_finding
    granted = granted_offices(draft, timezone.now())
    return [
        slug
        for slug in current().offices
        if slug not in granted and lifts_hold(slug, found, current())
    ]
