"""The links of a post: which there are, what was found at them, and when to look again."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from wardline.channels.hypertext import read
from wardline.channels.original import Looked
from wardline.channels.rendering import html_of
from wardline.people.access import Actor
from wardline.publishing.follow import settled
from wardline.publishing.models import Draft, LinkCheck, Revision
from wardline.publishing.revisions import published_revision
from wardline.screening import Context, default

DEAD_LINK = "dead-link"
EVERY = timedelta(days=7)
AGAIN = timedelta(days=1)
"""After a failure, so that one bad day is not taken for the end."""
LEASE = timedelta(minutes=10)
A_HOST_WAITS = timedelta(minutes=1)
"""Between two links of one host, whichever worker asks."""
LIVE = ("published", "corrected")
MOST = 30
_LONGEST = 2000

_BARE = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER = ".,;:!?'\u2026\u2019\u201d*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_RETOLD = {"aggregator", "amp", "link-hub", "retelling", "as-read"}


def links_of(revision: Revision) -> list[str]:
    """The web addresses in all texts of a content, in their order, at most 30."""
    texts = (revision.text, *revision.variants.values())
    found = (link for text in texts for link in _links(text) if len(link) <= _LONGEST)
    return list(dict.fromkeys(found))[:MOST]


def keep(draft: Draft, url: str, looked: Looked) -> LinkCheck:
    """Store what was found at a link of a draft, in the caller's transaction."""
    remarks = _remarks(url)
    fields: dict[str, object] = {
        "outcome": looked.outcome,
        "shortener": "shortener" in remarks,
        "detail": looked.detail[:300] or _advice(remarks & _RETOLD),
        "at": timezone.now(),
    }
    if looked.outcome == "works":
        # What was seen last stays as evidence while the page cannot be seen.
        elsewhere = _host(looked.source) != _host(looked.final_url)
        retold = looked.source and (elsewhere or remarks & _RETOLD)
        fields |= {
            "final_url": looked.final_url[:_LONGEST],
            "original_url": looked.source[:_LONGEST] if retold else "",
            "fingerprint": looked.fingerprint,
        }
    return LinkCheck.objects.update_or_create(draft=draft, url=url, defaults=fields)[0]


def watch(actor: Actor, post: Draft) -> None:
    """From now on look at the links that the public sees, in the caller's transaction.

    Of those that a correction took out, what was to be done is done.
    """
    now, wanted = timezone.now(), links_of(published_revision(post))
    post.links.exclude(url__in=wanted).update(due_at=None)
    settled(actor, post.follow_ups.filter(kind=DEAD_LINK).exclude(subject__in=wanted))
    for url in wanted:
        LinkCheck.objects.update_or_create(
            draft=post,
            url=url,
            defaults={"due_at": now + EVERY},
            create_defaults={
                "outcome": "unreachable",
                "detail": "Not looked at yet.",
                "due_at": now,
            },
        )


def take_due(now: datetime) -> LinkCheck | None:
    """The next link to look at again, taken so that no other worker gets it.

    The other links of its host wait, so that no site is asked for all at once. `now`
    is by the database's clock.
    """
    due = LinkCheck.objects.filter(due_at__lte=now, draft__state__in=LIVE)
    for row in due.filter(draft__restricted=False).order_by("due_at", "pk")[:10]:
        untaken = LinkCheck.objects.filter(pk=row.pk, due_at=row.due_at)
        if untaken.update(due_at=now + LEASE):
            same_host = LinkCheck.objects.filter(url__startswith=_site(row.url))
            waiting = same_host.exclude(pk=row.pk).filter(due_at__lt=now + A_HOST_WAITS)
            waiting.update(due_at=now + A_HOST_WAITS)
            return row
    return None


def dead(draft: Draft) -> list[str]:
    """The links of a draft's newest content that were found dead."""
    found = draft.links.filter(outcome="dead", url__in=links_of(draft.revision))
    return list(found.values_list("url", flat=True))


def _links(text: str) -> Iterable[str]:
    shown = read(html_of(text), "")
    yield from shown.links
    yield from (_trimmed(match[0]) for match in _BARE.finditer(shown.text))


def _trimmed(url: str) -> str:
    """Without the punctuation of the sentence that it stands in."""
    url = url.rstrip(_AFTER)
    while (mark := url[-1:]) in _PAIRS and url.count(mark) > url.count(_PAIRS[mark]):
        url = url[:-1].rstrip(_AFTER)
    return url


def _remarks(url: str) -> set[str]:
    """What the rules about indirect links say of an address alone."""
    found = default().check(url, Context(mode="official"))
    names = (one.rule.partition("/") for one in found)
    return {name for topic, _, name in names if topic == "indirect-link"}


def _advice(retold: set[str]) -> str:
    return "A copy or a collection: link the original itself." if retold else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
