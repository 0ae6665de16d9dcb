"""A person settles a publication that the worker could not: posted, or try again."""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from wardline import channels
from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Publication
from wardline.publishing.settle import finish


def record_posted(actor: Actor, publication: Publication, *, url: str) -> None:
    """Record that the post is out at `url`: done by hand, or found there.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: the address is none, or not of the account's site; or only
            the channel itself can tell which post it is.
        GraphError: the publication waits for nobody.
    """
    require(actor, "publication.resolve", publication)
    channel = channels.get(publication.account.channel)
    if publication.action == "publish" and not channel.capabilities.by_hand:
        raise PublishingError(
            "Wardline posts on this site itself. Try again: it looks there first, and "
            "posts only what it does not find."
        )
    address, site = urlsplit(url.strip()), urlsplit(publication.account.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise PublishingError("Paste the post's full address, beginning with https://.")
    if address.hostname.lower() != (site.hostname or "").lower():
        msg = (
            f"That address is not on {site.hostname}, where "
            f"{publication.account} is. Paste the address of the post itself."
        )
        raise PublishingError(msg)
    with transaction.atomic():
        move(
            publication,
            "published",
            actor,
            set_fields={
                "remote_url": url.strip(),
                "finished_at": timezone.now(),
                "problem": "",
            },
        )
        finish(actor, publication)


def try_again(actor: Actor, publication: Publication) -> None:
    """Put a failed or unconfirmed publication back in the queue, due now.

    The worker looks at the channel first, so that nothing is posted twice.

    Raises:
        DeniedError: the person is no author of the unit.
        GraphError: the publication does not wait for this.
    """
    require(actor, "publication.resolve", publication)
    now = timezone.now()
    move(
        publication,
        "due",
        actor,
        set_fields={
            "attempts": 0,
            "due_at": now,
            "next_attempt_at": now,
            "problem": "",
        },
    )
