"""`/corrections/…`: what was first published, and all that was changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from wardline.channels.marking import mark
from wardline.channels.redline import Segment, redline
from wardline.channels.rendering import html_of
from wardline.publishing.history import History, Place, Snapshot, history
from wardline.publishing.notices import notice, noticed
from wardline.registry.models import Account
from wardline.web.headings import lowered

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, marked where it changes what stood there, and where it can be read.

    `names` are the accounts that have it, empty where all have the same.
    """

    names: list[str]
    marked: SafeString
    full: SafeString


@dataclass(frozen=True, slots=True)
class Version:
    """One published version, and what it changed."""

    row: Snapshot
    title: list[Segment]
    wordings: list[Wording]
    alts: list[list[Segment]]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one post: the corrections newest last, and where it stands now."""

    history: History
    original: Version | None
    corrections: list[Version]
    live: list[Place]


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of one post; 404 while nothing of it was corrected or withdrawn."""
    found = history(public_id)
    if found is None:
        raise Http404
    return render(request, "public/corrections.html", {"page": _page(found)})


@require_safe
def index(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Every correction and withdrawal, or those of one account, newest first."""
    account = speaking(pk) if pk else None
    page = Paginator(noticed(account), ON_A_PAGE).get_page(request.GET.get("page"))
    found = {"account": account, "page": page, "notices": [notice(r) for r in page]}
    return render(request, "public/corrections_index.html", found)


def speaking(pk: int) -> Account:
    """An account on which something was published.

    Raises:
        Http404: nothing ever was.
    """
    sent = Account.objects.filter(publications__state="published")
    return get_object_or_404(sent.distinct(), pk=pk)


def _page(found: History) -> Page:
    versions = found.snapshots
    return Page(
        history=found,
        original=_version(versions[0], versions[0]) if versions else None,
        corrections=[_version(old, new) for old, new in pairwise(versions)],
        live=[place for place in versions[0].places if place.url] if versions else [],
    )


def _version(old: Snapshot, new: Snapshot) -> Version:
    return Version(
        row=new,
        title=redline(old.title, new.title),
        wordings=list(_wordings(old, new)),
        alts=list(_alts(old, new)),
    )


def _wordings(old: Snapshot, new: Snapshot) -> Iterator[Wording]:
    """One for all accounts, unless they got different texts."""
    shared: dict[tuple[str, str], list[str]] = {}
    for place in new.places:
        before = old.text_on(place.account) or ""
        shared.setdefault((before, place.text), []).append(str(place.account))
    for (before, after), names in shared.items():
        yield Wording(
            names=names if len(shared) > 1 else [],
            marked=_safe(mark(html_of(before), html_of(after))),
            full=_safe(html_of(after)),
        )


def _alts(old: Snapshot, new: Snapshot) -> Iterator[list[Segment]]:
    """What the pictures show, marked where that changed; the first ones unmarked."""
    for place in range(max(len(old.alts), len(new.alts))):
        yield redline("".join(old.alts[place:][:1]), "".join(new.alts[place:][:1]))


def _safe(html: str) -> SafeString:
    """Clean HTML: html_of ends with nh3, mark adds only del and ins."""
    return mark_safe(lowered(html, below=3))  # noqa: S308
