"""Answer a comment: a reply is a draft, and passes the same gate."""

from django.db import transaction

from wardline import channels
from wardline.people.access import Actor, require
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, ReplyTemplate
from wardline.publishing.revisions import write
from wardline.registry.models import Account

TITLE = "Reply to a comment"
"""What the draft is called in Wardline; a reply goes out without a title."""
LONGEST_ID = 300
FINISHED = ("published", "corrected", "withdrawn", "cancelled")


def start_reply(  # noqa: PLR0913  (where, to what, and with which words)
    actor: Actor,
    account: Account,
    *,
    comment_id: str,
    comment_url: str = "",
    text: str = "",
    template: ReplyTemplate | None = None,
) -> Draft:
    """Draft the answer to one comment, with the words of `template` or `text`.

    `comment_id` is the channel's own; where a person posts by hand, its address.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: nothing is said, the account cannot answer, the template is
            not in use, or an answer to this comment is open already.
    """
    require(actor, "draft.create", account.unit)
    _check(account, comment_id, template)
    words = template.text if template else text.strip()
    if not words:
        raise PublishingError("Write the answer, or choose a template.")
    with transaction.atomic():
        _only_one(account, comment_id)
        draft = Draft.objects.create(
            unit=account.unit,
            author_id=actor.id,
            answers=comment_id,
            answers_url=comment_url,
            template=template,
        )
        write(actor, draft, Content(TITLE, words, [account]), action="reply.start")
    return draft


def _check(account: Account, comment_id: str, template: ReplyTemplate | None) -> None:
    can = channels.get(account.channel).capabilities_at(account.url)
    if not (can.replies or can.by_hand):
        msg = f"Wardline cannot answer comments on {can.label}. Answer there by hand."
        raise PublishingError(msg)
    if account.state not in {"active", "due-for-review"}:
        msg = f"{account} is {account.state}: nothing can be answered there."
        raise PublishingError(msg)
    if not 0 < len(comment_id) <= LONGEST_ID:
        raise PublishingError("Say which comment it is that you answer.")
    if template and template.state != "approved":
        raise PublishingError("This template is not in use. Choose another.")
    if template and template.unit_id not in (None, account.unit_id):
        raise PublishingError("This template belongs to another unit.")


def _only_one(account: Account, comment_id: str) -> None:
    """Of two people who answer at once, on one account, the second is told."""
    Account.objects.select_for_update().get(pk=account.pk)
    other = Draft.objects.filter(accounts=account, answers=comment_id)
    if other.exclude(state__in=FINISHED).exists():
        raise PublishingError("An answer to this comment is open already: go on there.")
