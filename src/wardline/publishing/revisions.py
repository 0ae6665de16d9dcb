"""Revisions: what an author writes, stored as it was each time and never changed."""

from collections.abc import Mapping
from dataclasses import asdict

from wardline.audit.record import record
from wardline.people.access import Actor
from wardline.publishing.content import Content, Pictured, content_hash
from wardline.publishing.models import Authorization, Draft, Revision
from wardline.publishing.screen import screen, screen_elsewhere
from wardline.registry.models import Account


def write(actor: Actor, draft: Draft, content: Content, *, action: str) -> Revision:
    """Store the content as the draft's newest revision, screened and hashed."""
    accounts = sorted(content.accounts, key=lambda account: account.pk)
    findings, digest = screen(
        content.title, content.text, accounts[0].kind, reply=draft.is_reply
    )
    kept = {
        "title": content.title,
        "text": content.text,
        "variants": content.own_texts,
        "pictures": [asdict(picture) for picture in content.pictures],
        "content_hash": content_hash(content, action=purpose(draft)),
    }
    number = draft.revisions.count() + 1
    _keep(draft, content, {**kept, "version": number})
    revision = Revision.objects.create(
        draft=draft,
        number=number,
        account_ids=[account.pk for account in accounts],
        authorization_ids=sorted(each.pk for each in content.authorizations),
        findings=findings,
        findings_elsewhere=screen_elsewhere(content, reply=draft.is_reply),
        rules_digest=digest,
        editor_id=actor.id,
        **kept,
    )
    record(actor, action, draft, revision=number, content=revision.content_hash)
    return revision


def _keep(draft: Draft, content: Content, kept: Mapping[str, object]) -> None:
    """The draft itself is always its newest revision."""
    for name, value in kept.items():
        setattr(draft, name, value)
    draft.not_before, draft.not_after = content.not_before, content.not_after
    draft.planned_at, draft.planned_zone = content.planned or (None, "")
    draft.also_ask = sorted(set(content.also_ask))
    draft.save()
    draft.accounts.set(content.accounts)
    draft.authorizations.set(content.authorizations)


def purpose(draft: Draft) -> str:
    """What the content is for: the same words for another are another content."""
    if draft.corrects_id:
        return f"correct {draft.corrects_id}"
    return f"reply {draft.answers}" if draft.answers else "publish"


def published_revision(post: Draft) -> Revision:
    """The content that the public sees now.

    It is the newest published correction's, or the post's own.

    Raises:
        Revision.DoesNotExist: nothing of it was published.
    """
    done = Revision.objects.filter(
        publication__state="published",
        publication__action__in=["publish", "correct", "reply"],
    ).distinct()
    newest = done.filter(draft__corrects=post).order_by("-pk").first()
    return newest or done.filter(draft=post).order_by("-pk")[:1].get()


def content_of(revision: Revision) -> Content:
    """A stored content once more, to write on from it: without window and plan."""
    return Content(
        title=revision.title,
        text=revision.text,
        accounts=list(Account.objects.filter(pk__in=revision.account_ids)),
        variants={int(pk): text for pk, text in revision.variants.items()},
        pictures=[Pictured(**picture) for picture in revision.pictures],
        authorizations=list(
            Authorization.objects.filter(pk__in=revision.authorization_ids)
        ),
    )
