"""A post as each channel shows it, made from exactly what would be sent."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import nh3
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe

from wardline import channels
from wardline.people.access import require
from wardline.publishing.models import Draft, Revision
from wardline.publishing.outgoing import Outgoing, outgoing
from wardline.registry.models import Account
from wardline.web.headings import lowered
from wardline.web.request import Request, signed_in
from wardline.web.screened import picture_url

_PICTURE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="([^"]*)"')
_TAGS = {
    *("a", "b", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "hr", "i", "ins", "li", "ol", "p", "pre", "s", "strong", "ul"),
}


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a post: where the page gets it, and what it shows."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Preview:
    """One account's post as its channel shows it; `html` is empty where it shows text.

    `look` is "blog", "wiki", "microblog" or "page"; `replies` says that this correction
    is a reply to the post, which stays as it is.
    """

    outgoing: Outgoing
    label: str
    look: str
    title: str
    html: SafeString
    shots: list[Shot]
    replies: bool

    @property
    def account(self) -> Account:
        """Where it goes."""
        return self.outgoing.account


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """The stored draft on each of its accounts."""
    draft = get_object_or_404(Draft.objects.select_related("unit", "corrects"), pk=pk)
    require(request.user.actor, "draft.read", draft)
    seen = previews(
        draft.revision,
        draft.accounts.all(),
        lambda sha256: picture_url(draft.pk, sha256),
    )
    return render(request, "drafts/preview.html", {"draft": draft, "previews": seen})


def previews(
    revision: Revision, accounts: Iterable[Account], picture_at: Callable[[str], str]
) -> list[Preview]:
    """What would be sent of a content, stored or not, to each account."""
    shots = [Shot(picture_at(one["sha256"]), one["alt"]) for one in revision.pictures]
    return [
        _preview(one, revision.draft.action, shots)
        for one in outgoing(revision.draft, revision, accounts)
    ]


def still(html: str) -> SafeString:
    """A post's HTML with nothing in it to follow or to fetch."""
    told = _PICTURE.sub(lambda tag: f"[picture{_alt(tag[0])}]", html)
    # Whatever the line above made of it, what leaves here is clean.
    clean = nh3.clean(told, tags=_TAGS, attributes={}, link_rel=None)
    return mark_safe(lowered(clean, below=4))  # noqa: S308


def _alt(tag: str) -> str:
    found = _ALT.search(tag)
    return f": {found[1]}" if found and found[1] else ""


def _preview(one: Outgoing, action: str, shots: list[Shot]) -> Preview:
    can = channels.get(one.account.channel).capabilities_at(one.account.url)
    kind = one.account.kind if can.by_hand else can.kind
    return Preview(
        outgoing=one,
        label=can.label,
        look=kind if kind in {"blog", "wiki", "microblog"} else "page",
        title=one.post.title if can.titles and action != "reply" else "",
        html=still(one.post.html) if can.html else SafeString(""),
        shots=shots,
        replies=action == "correct" and not can.edit,
    )
