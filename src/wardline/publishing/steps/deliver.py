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
    """It must not be sent any more."""

    def __init__(self, state: str, problem: str) -> None:
        super().__init__(problem)
        self.state = state


def deliver(claim: Claim) -> None:
    """Do at the channel what was claimed; never inside a transaction.

    Whatever happens ends in a state: published, due again later, failed,
    unconfirmed, or missed. A worker whose lease was taken over writes nothing.
    """
    row = Publication.objects.select_related(
        "draft__corrects", "account", "revision"
    ).get(pk=claim.publication_id)
    try:
        remote = _act(row)
    except ChannelError as error:
        _record(claim, row, *_after(row, error))
    except HinderedError as hindered:
        _record(claim, row, hindered.state, {"problem": str(hindered)})
    except (vault.NoCredentialError, vault.UnreadableError) as error:
        _record(claim, row, "failed", {"problem": str(error)})
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
    if row.action == "publish" and (found := channel.find(sign_in, row.key)):
        return found
    if row.in_doubt:
        _ask_again(row)
    if row.action == "correct":
        correct = channel.correct_reply if row.draft.is_reply else channel.correct
        return correct(sign_in, row.remote_id, post_of(row))
    if row.action == "reply":
        return channel.reply(sign_in, row.draft.answers, post_of(row))
    return channel.publish(sign_in, post_of(row))


def _ask_again(row: Publication) -> None:
    """What was in doubt is not out: it may be sent only if it still may.

    Raises:
        HinderedError: it is too late by now, or no longer cleared.
    """
    with transaction.atomic():
        if stop := hindrance(row, database_now()):
            raise HinderedError(*stop)


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
        return ("unconfirmed" if doubt else "failed"), fields
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
                fence=claim.fence,
                problem=fields.get("problem", ""),
            )
            finish(SYSTEM, row)
    except StaleStateError:
        log.warning("lease lost", publication=row.pk, fence=claim.fence)
