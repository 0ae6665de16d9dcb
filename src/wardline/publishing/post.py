"""The post as it goes to a channel: rendered, and for a correction marked up."""

from functools import partial

from django.conf import settings
from django.utils import timezone

from wardline import channels
from wardline.channels import Channel, Media, Post
from wardline.channels.correcting import correction_text
from wardline.channels.rendering import correction_html, html_of
from wardline.publishing.models import Draft, Picture, Publication, Revision


def post_of(row: Publication) -> Post:
    """What is sent for this publication, made from its own revision."""
    revision = row.revision
    text = revision.text_for(row.account_id)
    html = html_of(text)
    if row.action == "correct":
        html, text = _corrected(row), _corrected_text(row, text)
    return Post(
        key=row.key,
        title=revision.title,
        text=text,
        html=html,
        media=media_of(revision, row.draft.unit_id),
    )


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


def _corrected(row: Publication) -> str:
    """What was first published, struck where the newest text differs from it."""
    post = _post(row)
    original = first_published(post)
    titled = original.title != row.revision.title
    return correction_html(
        _markdown(original, row.account_id, titled=titled),
        _markdown(row.revision, row.account_id, titled=titled),
        date=timezone.localdate(),
        reason=row.draft.reason,
        page_url=corrections_url(post.public_id),
    )


def _corrected_text(row: Publication, text: str) -> str:
    """The same for a channel of plain text, as long as it may be there."""
    channel = channels.get(row.account.channel)
    return correction_text(
        reason=row.draft.reason,
        text=text,
        page_url=corrections_url(_post(row).public_id),
        fits=partial(_fits, channel, row.account.url),
    )


def _fits(channel: Channel, url: str, text: str) -> bool:
    most = channel.capabilities_at(url).max_length
    return most is None or channel.length(text) <= most


def _post(row: Publication) -> Draft:
    if (post := row.draft.corrects) is None:
        msg = f"{row} corrects nothing"
        raise ValueError(msg)
    return post


def _markdown(revision: Revision, account_id: int, *, titled: bool) -> str:
    text = revision.text_for(account_id)
    return f"### {revision.title}\n\n{text}" if titled else text
