"""The post as it goes to a channel: rendered, and for a correction marked up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from wardline import channels
from wardline.channels import Media, Post
from wardline.channels.correcting import correction_text
from wardline.channels.rendering import correction_html, html_of
from wardline.institution import current
from wardline.publishing.models import Draft, Picture, Publication, Revision

_SIGNS = re.compile(r"[\\`*_\[\]<>&~]")
"""What Markdown would read as more than itself in the reason, which is plain text."""


def post_of(row: Publication) -> Post:
    """What is sent for this publication, made from its own revision."""
    if row.action == "correct":
        return _correction(row)
    revision = row.revision
    text = revision.text_for(row.account_id)
    return Post(
        key=row.key,
        title=_title(row),
        text=text,
        html=html_of(text),
        media=media_of(revision, row.draft.unit_id),
    )


def _title(row: Publication) -> str:
    """What stands above a post; a reply is a comment, which has no title."""
    return "" if row.draft.is_reply else row.revision.title


def stands_apart(row: Publication) -> bool:
    """Whether it makes something new at the channel, with an address of its own.

    A correction does so where posts, or replies, cannot be edited.
    """
    if row.action != "correct":
        return row.action != "withdraw"
    can = channels.get(row.account.channel).capabilities_at(row.account.url)
    return not can.edit or row.draft.is_reply


def media_of(revision: Revision, unit_id: int) -> tuple[Media, ...]:
    """The pictures of a revision, in order."""
    wanted = [picture["sha256"] for picture in revision.pictures]
    kept = Picture.objects.filter(unit=unit_id, sha256__in=wanted)
    by_hash = {picture.sha256: picture for picture in kept}
    found = [(by_hash[each["sha256"]], each["alt"]) for each in revision.pictures]
    return tuple(
        Media(picture.name, picture.kind, alt, bytes(picture.content))
        for picture, alt in found
    )


def corrections_url(public_id: str) -> str:
    """Where the public reads the original and every correction of a post."""
    return f"{settings.SITE_URL}/corrections/{public_id}"


def first_published(post: Draft) -> Revision:
    """The content with which a post first went out."""
    first = post.publications.filter(
        action__in=["publish", "reply"], state="published"
    ).order_by("pk")
    return first[:1].get().revision


def _correction(row: Publication) -> Post:
    """What is new, with all that was struck since the post was first published."""
    post, revision = _post(row), row.revision
    replaces = channels.get(row.account.channel).capabilities_at(row.account.url).edit
    before = _before(row)
    text = revision.text_for(row.account_id)
    same_text = text == before.text_for(row.account_id)
    same_pictures = revision.pictures == before.pictures
    sent = Post(
        key=row.key,
        title=_title(row),
        text=text if replaces or not same_text else "",
        html=_html(row, post),
        media=()
        if same_pictures and not replaces
        else media_of(revision, row.draft.unit_id),
    )
    return _in_words(row, sent, replaces=replaces)


def _html(row: Publication, post: Draft) -> str:
    """What was first published, struck where the newest text differs from it."""
    original = first_published(post)
    titled = original.title != row.revision.title
    return correction_html(
        _markdown(original, row.account_id, titled=titled),
        _markdown(row.revision, row.account_id, titled=titled),
        date=_day(timezone.now()),
        reason=row.draft.reason,
        page_url=corrections_url(post.public_id),
        earlier=[(_day(each.finished_at), each.draft.reason) for each in _earlier(row)],
    )


def _in_words(row: Publication, post: Post, *, replaces: bool) -> Post:
    """The same as Markdown, as long as its channel may have it."""
    channel, url = channels.get(row.account.channel), row.account.url

    def fits(text: str) -> bool:
        most = channel.capabilities_at(url).max_length
        sent = channel.text_of(replace(post, text=text))
        return most is None or channel.length_at(sent, url) <= most

    text = correction_text(
        reason=_SIGNS.sub(r"\\\g<0>", row.draft.reason),
        text=post.text,
        page_url=f"<{corrections_url(_post(row).public_id)}>",
        fits=fits,
        replaces=replaces,
    )
    return replace(post, text=text)


def _out_here(row: Publication) -> QuerySet[Publication]:
    """What went out of this post on this account, but for `row`, oldest first."""
    post = _post(row)
    rows = Publication.objects.filter(Q(draft=post) | Q(draft__corrects=post))
    done = rows.filter(account=row.account_id, state="published")
    return done.exclude(action="withdraw").exclude(draft=row.draft_id).order_by("pk")


def _before(row: Publication) -> Revision:
    """What readers see on this account until the correction is out."""
    last = _out_here(row).select_related("revision").last()
    return last.revision if last else first_published(_post(row))


def _earlier(row: Publication) -> Iterator[Publication]:
    yield from _out_here(row).filter(action="correct").select_related("draft")


def _day(at: datetime | None) -> date:
    """The hospital's own day."""
    return timezone.localdate(at, ZoneInfo(current().timezone))


def _post(row: Publication) -> Draft:
    if (post := row.draft.corrects) is None:
        msg = f"{row} corrects nothing"
        raise ValueError(msg)
    return post


def _markdown(revision: Revision, account_id: int, *, titled: bool) -> str:
    text = revision.text_for(account_id)
    return f"### {revision.title}\n\n{text}" if titled else text
