"""`/corrections/…`: what was first published, and all that was changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from wardline.audit.models import Entry
from wardline.channels.marking import mark
from wardline.channels.redline import Segment, redline
from wardline.channels.rendering import html_of
from wardline.people.models import Person
from wardline.people.roles import Role
from wardline.publishing.models import Draft, Publication, Revision
from wardline.publishing.post import first_published
from wardline.web.headings import lowered


@dataclass(frozen=True, slots=True)
class Version:
    """One published wording: what it changed, when, why and by whom (a role)."""

    at: datetime
    by: str
    reason: str
    title: list[Segment]
    html: SafeString


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That the post is gone; of patient data nothing more is said."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    """Everything that the public may know of a post; no text if restricted."""

    restricted: bool
    original: Version | None
    corrections: list[Version]
    withdrawal: Withdrawal | None
    live: list[Publication]


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of one post; 404 while nothing of it was corrected or withdrawn."""
    posts = Draft.objects.filter(corrects=None, state__in=["corrected", "withdrawn"])
    post = get_object_or_404(posts, public_id=public_id)
    return render(request, "public/corrections.html", {"history": history(post)})


def history(post: Draft) -> History:
    """What the public may know of a post.

    Raises:
        Http404: nothing of it was ever published.
    """
    withdrawal = _withdrawal(post) if post.state == "withdrawn" else None
    if post.restricted or post.corrections.filter(restricted=True).exists():
        return History(
            restricted=True,
            original=None,
            corrections=[],
            withdrawal=withdrawal,
            live=[],
        )
    sent = [_first(post), *_corrections(post)]
    live = post.publications.filter(state="published", action="publish")
    return History(
        restricted=False,
        original=_version(sent[0], sent[0]),
        corrections=[_version(old, new) for old, new in pairwise(sent)],
        withdrawal=withdrawal,
        live=[] if withdrawal else list(live.select_related("account")),
    )


def _first(post: Draft) -> Publication:
    try:
        revision = first_published(post)
    except Publication.DoesNotExist as error:
        raise Http404 from error
    return _sent(post, revision)


def _corrections(post: Draft) -> Iterator[Publication]:
    """The corrections that went out, in order; one for all accounts of each."""
    for draft in post.corrections.filter(state="published").order_by("pk"):
        yield _sent(draft, draft.revision)


def _sent(draft: Draft, revision: Revision) -> Publication:
    rows = draft.publications.filter(state="published", revision=revision)
    return rows.exclude(action="withdraw").order_by("finished_at")[:1].get()


def _version(old: Publication, new: Publication) -> Version:
    before, after = old.revision, new.revision
    return Version(
        at=new.finished_at or new.due_at,
        by=_role(after.editor, new.draft),
        reason=new.draft.reason if new.draft.corrects_id else "",
        title=redline(before.title, after.title),
        html=_marked(before.text, after.text),
    )


def _marked(before: str, after: str) -> SafeString:
    """Clean HTML: html_of ends with nh3, mark adds only del and ins."""
    html = mark(html_of(before), html_of(after))
    return mark_safe(lowered(html, below=3))  # noqa: S308


def _withdrawal(post: Draft) -> Withdrawal:
    entry = Entry.objects.get(target=f"draft:{post.pk}", action="draft.withdrawn")
    person = Person.objects.filter(pk=entry.actor_id or 0).first()
    return Withdrawal(at=entry.at, by=_role(person, post), reason=post.reason)


def _role(person: Person | None, draft: Draft) -> str:
    """As what a person acted: never who it was."""
    roles = person.actor.roles if person else frozenset()
    if Role.PRIVACY in roles:
        return f"the {Role.PRIVACY.label}"
    if Role.PUBLIC_AFFAIRS in roles:
        return Role.PUBLIC_AFFAIRS.label
    return f"an author of {draft.unit}"
