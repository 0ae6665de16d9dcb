"""The links of a draft: what was found there, what to do, and where a copy is kept."""

from dataclasses import dataclass
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.people.access import Actor, can, require
from wardline.publishing.links import dead, links_of
from wardline.publishing.models import Draft, LinkCheck
from wardline.publishing.steps.check_links import check_links
from wardline.publishing.steps.keep_archive import keep_archive
from wardline.web.refusals import warned
from wardline.web.request import Request, signed_in
from wardline.web.words import Tone

SAVE_PAGE = "https://web.archive.org/save/"
WORDS: dict[str, tuple[str, Tone]] = {
    "works": ("Works", "good"),
    "dead": ("Dead", "bad"),
    "unreachable": ("Could not be seen", "wait"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a draft; without `check` nobody has looked yet."""

    url: str
    check: LinkCheck | None

    @property
    def words(self) -> str:
        """The outcome in words."""
        return WORDS[self.check.outcome][0] if self.check else "Not looked at yet"

    @property
    def tone(self) -> Tone:
        """How it stands."""
        return WORDS[self.check.outcome][1] if self.check else "calm"

    @property
    def advice(self) -> str:
        """What to do about it, "" for nothing."""
        found = self.check
        if found is None:
            return ""
        if found.outcome == "dead":
            return "Put another link in, or take this one out."
        if found.shortener:
            return "A shortener hides where it leads: link that page itself."
        if found.original_url:
            return "The page names another as its original: link that one."
        if found.outcome == "unreachable":
            return "Open it in your browser and see for yourself."
        return ""

    @property
    def better(self) -> str:
        """The address to link instead, "" if there is none."""
        found = self.check
        if found is None or found.outcome == "dead":
            return ""
        return found.original_url or (found.final_url if found.shortener else "")

    @property
    def save_at(self) -> str:
        """The Internet Archive's page that keeps a copy; opened by the author alone."""
        return SAVE_PAGE + quote(self.url, safe=":/?&=%#")


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a draft's newest content; `may` look and keep copies."""

    draft: Draft
    rows: list[Link]
    may: bool

    @property
    def unseen(self) -> bool:
        """Whether nobody has looked at one of them yet."""
        return any(row.check is None for row in self.rows)

    @property
    def dead(self) -> int:
        """How many are dead."""
        return sum(row.tone == "bad" for row in self.rows)


def warn_of_dead(request: Request, draft: Draft) -> None:
    """Say above the next page which links of what was just submitted are dead."""
    if gone := dead(draft):
        messages.warning(request, f"Readers would find nothing at {', '.join(gone)}.")


def links(actor: Actor, draft: Draft) -> Links:
    """What is known of the links of a draft."""
    found = {row.url: row for row in draft.links.all()}
    rows = [Link(url, found.get(url)) for url in links_of(draft.revision)]
    return Links(draft, rows, may=bool(can(actor, "draft.edit", draft)))


@signed_in
@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Look at every link now; htmx gets the list alone."""
    draft = get_object_or_404(Draft, pk=pk)
    require(request.user.actor, "draft.read", draft)
    with warned(request):
        check_links(request.user.actor, draft)
    if request.htmx:
        found = links(request.user.actor, draft)
        return render(request, "drafts/links.html", {"links": found})
    return _back(pk)


@signed_in
@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Keep the address of a copy that the author made."""
    row = get_object_or_404(LinkCheck.objects.select_related("draft"), pk=pk)
    require(request.user.actor, "draft.read", row.draft)
    with warned(request):
        keep_archive(request.user.actor, row, request.POST.get("url", "").strip())
        messages.success(request, "Kept.")
    return _back(row.draft_id)


def _back(draft: int) -> HttpResponse:
    """The list on the page of the draft."""
    page = redirect("draft", draft)
    page.headers["Location"] += "#links"
    return page
