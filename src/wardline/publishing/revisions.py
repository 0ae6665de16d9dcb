"""Revisions: what an author writes, stored as it was each time and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wardline.audit.record import record
from wardline.people.access import Actor
from wardline.publishing.content import content_hash
from wardline.publishing.models import Draft, Revision
from wardline.publishing.screen import screen
from wardline.registry.models import Account


@dataclass(frozen=True, slots=True)
class Content:
    """What an author writes: the words, the accounts, the window, the offices asked."""

    title: str
    text: str
    accounts: Sequence[Account]
    not_before: datetime | None = None
    not_after: datetime | None = None
    also_ask: Sequence[str] = ()


def write(actor: Actor, draft: Draft, content: Content, *, action: str) -> Revision:
    """Store the content as the draft's newest revision, screened and hashed."""
    accounts = sorted(content.accounts, key=lambda account: account.pk)
    kind = accounts[0].kind
    findings, digest = screen(content.title, content.text, kind)
    hashed = content_hash(
        title=content.title,
        text=content.text,
        accounts=[account.pk for account in accounts],
        window=(content.not_before, content.not_after),
        action=f"correct {draft.corrects_id}" if draft.corrects_id else "publish",
    )
    number = draft.revisions.count() + 1
    draft.title, draft.text = content.title, content.text
    draft.not_before, draft.not_after = content.not_before, content.not_after
    draft.also_ask = sorted(set(content.also_ask))
    draft.content_hash, draft.version = hashed, number
    draft.save()
    draft.accounts.set(accounts)
    revision = Revision.objects.create(
        draft=draft,
        number=number,
        title=content.title,
        text=content.text,
        account_ids=[account.pk for account in accounts],
        content_hash=hashed,
        findings=findings,
        rules_digest=digest,
        editor_id=actor.id,
    )
    record(actor, action, draft, revision=number, content=hashed)
    return revision


def published_revision(post: Draft) -> Revision:
    """The content that the public sees now.

    It is the newest published correction's, or the post's own.

    Raises:
        Revision.DoesNotExist: nothing of it was published.
    """
    done = Revision.objects.filter(
        publication__state="published",
        publication__action__in=["publish", "correct"],
    ).distinct()
    newest = done.filter(draft__corrects=post).order_by("-pk").first()
    return newest or done.filter(draft=post).order_by("-pk")[:1].get()
