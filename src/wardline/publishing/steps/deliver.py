"""Send one claimed publication: look first, send, and record what became of it."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline import channels
from wardline.audit.clock import database_now
from wardline.audit.record import SYSTEM
from wardline.audit.states import StaleStateError, move
from wardline.channels import ChannelError, Connection, Remote
from wardline.publishing.hindrance import hindrance
from wardline.publishing.lease import Claim
from wardline.publishing.models import Publication
from wardline.publishing.post import post_of
from wardline.publishing.settle import finish
from wardline.registry import vault

log = structlog.get_logger()
LONGEST_WAIT = timedelta(minutes=15)


class HinderedError(Exception):
    """It must not be sent any more; `state` is where that leaves it."""

    def __init__(self, state: str, problem: str) -> None:
        super().__init__(problem)
        self.state = state


def deliver(claim: Claim) -> None:
    """Do at the channel what was claimed; never inside a transaction.

    Whatever happens ends in a state: published, due again later, failed, held,
    unconfirmed, or missed. A worker whose lease was taken over writes nothing, and
    if it sees that in time sends nothing.
    """
    rows = Publication.objects.select_related("draft__corrects", "account", "revision")
    row = rows.get(pk=claim.publication_id)
    if (row.state, row.fence) != ("sending", claim.fence):
        log.warning("lease lost", publication=row.pk, fence=claim.fence)
        return
    try:
        remote = _act(row)
    except ChannelError as error:
        _record(claim, row, *_after(row, error))
    except HinderedError as hindered:
        _record(claim, row, hindered.state, _hindered(hindered))
    except (vault.NoCredentialError, vault.UnreadableError) as error:
        state = _given_up(doubt=row.in_doubt)
        _record(claim, row, state, {"problem": str(error)})
    else:
        _record(claim, row, "published", _published(remote))


def _act(row: Publication) -> Remote:
    channel = channels.get(row.account.channel)
    username, secret = vault.use(
        SYSTEM, row.account, "username", "secret", purpose=f"{row.action} {row.key}"
    )
    sign_in = Connection(row.account.url, username, secret)
    if row.action == "withdraw":
        remove = channel.withdraw_reply if row.draft.is_reply else channel.withdraw
        remove(sign_in, row.remote_id)
        return Remote(row.remote_id, row.remote_url)
    looks = row.action == "publish" or row.in_doubt
    if looks and (found := channel.find(sign_in, row.key)):
        return found
    if row.in_doubt:
        keyed = channel.capabilities.idempotency
        _ask_again(row, told=keyed and row.action == "publish")
    if row.action == "correct":
        correct = channel.correct_reply if row.draft.is_reply else channel.correct
        return correct(sign_in, row.remote_id, post_of(row))
    if row.action == "reply":
        return channel.reply(sign_in, row.draft.answers, post_of(row))
    return channel.publish(sign_in, post_of(row))


def _ask_again(row: Publication, *, told: bool) -> None:
    """What was in doubt may be sent once more only if it still may be sent.

    `told` is that the channel said that it is not out; else a person has to look.

    Raises:
        HinderedError: it is too late by now, or no longer cleared.
    """
    with transaction.atomic():
        stop = hindrance(row, database_now())
    if stop and told:
        raise HinderedError(*stop)
    if stop:
        msg = f"It may be out already: look there. It is not sent again: {stop[1]}"
        raise HinderedError("unconfirmed", msg)


def _hindered(error: HinderedError) -> dict[str, Any]:
    doubt = error.state == "unconfirmed"
    return {"problem": str(error)[:500], "in_doubt": doubt}


def _given_up(*, doubt: bool) -> str:
    """Failed is what is surely not out."""
    return "unconfirmed" if doubt else "failed"


def _published(remote: Remote) -> dict[str, Any]:
    return {
        "remote_id": remote.id,
        "remote_url": remote.url,
        "finished_at": timezone.now(),
        "problem": "",
        "in_doubt": False,
    }


def _after(row: Publication, error: ChannelError) -> tuple[str, dict[str, Any]]:
    """The next state after a failure, and the columns to set."""
    doubt = row.in_doubt or error.unknown_outcome
    fields: dict[str, Any] = {"problem": str(error)[:500], "in_doubt": doubt}
    if error.permanent and not doubt:
        return "failed", fields
    if row.attempts >= settings.ENVIRONMENT.send_attempts:
        return _given_up(doubt=doubt), fields
    fields["next_attempt_at"] = _next_attempt(row, error)
    return "due", fields


def _next_attempt(row: Publication, error: ChannelError) -> datetime:
    wait = timedelta(seconds=min(2**row.attempts, LONGEST_WAIT.total_seconds()))
    asked = timedelta(seconds=min(error.retry_after or 0, 86_400))
    return database_now() + max(wait, asked)


def _record(claim: Claim, row: Publication, state: str, fields: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            move(
                row,
                state,
                SYSTEM,
                set_fields=fields,
                only_if={"fence": claim.fence},
                fence=claim.fence,  # and not the problem: sites repeat what they got
            )
            finish(SYSTEM, row)
    except StaleStateError:
        log.warning("lease lost", publication=row.pk, fence=claim.fence)
