"""Report that somebody else may control an account; its queues stop at once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.registry.models import Account
from wardline.registry.notices import Notice
from wardline.registry.steps.tasks import open_task

ROTATE_WITHIN = timedelta(hours=4)


def report_compromised(actor: Actor, account: Account, reason: str) -> None:
    """Hold all that is to go out on the account and ask for new credentials.

    Owner, deputy and registrar get a letter.

    Raises:
        DeniedError: the person is neither of the account's unit nor a registrar.
        GraphError: the account is not in use.
    """
    require(actor, "account.report-compromised", account)
    with transaction.atomic():
        move(account, "compromised", actor, reason=reason.strip())
        open_task(
            actor,
            account,
            "rotate",
            "Change the password and recovery codes at the channel, end all its "
            "sessions, and store the new ones here.",
            within=ROTATE_WITHIN,
        )
        Notice.objects.create(account=account, kind="compromised", since=timezone.now())
