"""A person settles a publication that the worker could not: posted, or try again."""

from django.db import transaction
from django.utils import timezone

from wardline import channels
from wardline.audit.clock import database_now
from wardline.audit.states import move
from wardline.channels import ChannelError, Connection, Remote, by_hand
from wardline.people.access import Actor, require
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Publication
from wardline.publishing.post import stands_apart
from wardline.publishing.settle import finish

TO_RECORD = frozenset({"by-hand", "failed", "unconfirmed"})
"""States of which a person may know more than Wardline."""


def record_posted(actor: Actor, publication: Publication, *, url: str) -> None:
    """Record that the post is out at `url`: done by hand, or found there.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: the publication waits for nobody; the address is none, or not
            of the account's site; or only the channel can tell which post it is.
        StaleStateError: somebody else settled it meanwhile.
    """
    require(actor, "publication.resolve", publication)
    remote = _where(publication, url.strip())
    if publication.state not in TO_RECORD:
        raise PublishingError("There is nothing to record now: reload the page.")
    with transaction.atomic():
        move(
            publication,
            "published",
            actor,
            set_fields={
                "remote_id": remote.id,
                "remote_url": remote.url,
                "finished_at": timezone.now(),
                "problem": "",
                "in_doubt": False,
            },
        )
        finish(actor, publication)


def must_look(publication: Publication) -> bool:
    """Whether it may be out, and only a person can tell."""
    can = channels.get(publication.account.channel).capabilities
    tells = can.idempotency or can.by_hand
    waits = publication.state == "unconfirmed" and stands_apart(publication)
    return waits and not tells


def _where(publication: Publication, url: str) -> Remote:
    """Where it is: as the person says, or, if it changed a post, where that was."""
    if not stands_apart(publication):
        return Remote(publication.remote_id, publication.remote_url)
    channel = channels.get(publication.account.channel)
    home = publication.account.url
    if channel.capabilities.idempotency:
        raise PublishingError(
            "Wardline posts on this site itself. Try again: it looks there first, and "
            "posts only what it does not find."
        )
    try:
        remote = by_hand.channel.record(Connection(home), url)
    except ChannelError as error:
        raise PublishingError(str(error)) from error
    if channel.capabilities.by_hand:
        return remote
    if not (number := channel.comment_at(url, home)):
        raise PublishingError("Open the post itself and copy its address.")
    return Remote(number, url)


def try_again(actor: Actor, publication: Publication, *, looked: bool = False) -> None:
    """Put a failed or unconfirmed publication back in the queue, due now.

    The worker looks at the channel first, so that nothing is posted twice. Where the
    channel cannot tell, the person has `looked` and seen that it is not out.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: nobody looked, and nothing else can tell.
        GraphError: the publication does not wait for this.
    """
    require(actor, "publication.resolve", publication)
    if must_look(publication) and not looked:
        msg = (
            f"Look at {publication.account} first: if it is out there, record its "
            "address; if not, say so, and it is sent again."
        )
        raise PublishingError(msg)
    now = database_now()
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
