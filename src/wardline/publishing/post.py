"""The post as it goes to a channel: rendered, and for a correction marked up."""

from django.conf import settings
from django.utils import timezone

from wardline.channels import Post
from wardline.channels.rendering import correction_html, html_of
from wardline.publishing.models import Draft, Publication, Revision


def post_of(row: Publication) -> Post:
    """What is sent for this publication, made from its own revision."""
    revision = row.revision
    html = html_of(revision.text)
    if row.action == "correct":
        html = _corrected(row)
    return Post(key=row.key, title=revision.title, text=revision.text, html=html)


def corrections_url(public_id: str) -> str:
    """Where the public reads the original and every correction of a post."""
    return f"{settings.SITE_URL}/corrections/{public_id}"


def _corrected(row: Publication) -> str:
    """What was first published, struck where the newest text differs from it."""
    post = row.draft.corrects
    if post is None:
        msg = f"{row} corrects nothing"
        raise ValueError(msg)
    original = first_published(post)
    titled = original.title != row.revision.title
    return correction_html(
        _markdown(original, titled=titled),
        _markdown(row.revision, titled=titled),
        date=timezone.localdate(),
        reason=row.draft.reason,
        page_url=corrections_url(post.public_id),
    )


def first_published(post: Draft) -> Revision:
    """The content with which a post first went out."""
    first = post.publications.filter(action="publish", state="published").order_by("pk")
    return first[:1].get().revision


def _markdown(revision: Revision, *, titled: bool) -> str:
    return f"### {revision.title}\n\n{revision.text}" if titled else revision.text
