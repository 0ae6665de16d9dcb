"""Publications: the list, and the page on which a person settles one."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline import channels
from wardline.audit.clock import database_now
from wardline.people.access import Actor, can, require
from wardline.publishing.hindrance import standing_against
from wardline.publishing.models import Publication
from wardline.publishing.post import stands_apart
from wardline.publishing.states import UNDER_WAY, WAITING_FOR_A_PERSON
from wardline.publishing.steps.resolve import must_look, record_posted, try_again
from wardline.web.checklist import Guide, guide
from wardline.web.drafts import PAGE, readable
from wardline.web.forms import Form
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in

GROUPS = {
    "problems": ("Need a person", WAITING_FOR_A_PERSON),
    "due": ("Waiting or being sent", UNDER_WAY),
    "done": ("Done", frozenset({"published"})),
    "cancelled": ("Called off", frozenset({"cancelled"})),
}
"""The filters of the list: their words and the states they hold."""


class PostedForm(Form):
    """Where a post is that somebody made by hand, or found."""

    url = forms.URLField(
        max_length=500,
        label="Address of the post",
        assume_scheme="https",
        help_text="Open the post itself and copy its address; it begins with https://.",
        error_messages={
            "required": "Paste the address of the post.",
            "invalid": "Paste the post's full address, beginning with https://.",
        },
    )


@dataclass(frozen=True, slots=True)
class Settling:
    """What a person needs to settle one publication; `guide` if it is by hand.

    `stop` says why it must not be posted by hand any more, or is "".
    """

    row: Publication
    guide: Guide | None
    stop: str
    posted: bool
    again: bool
    look: bool


@signed_in
def index(request: Request) -> HttpResponse:
    """The newest due first, filtered by `?show=`."""
    group = request.GET.get("show", "")
    rows = visible(request.user.actor).order_by("-due_at", "-pk")
    if group in GROUPS:
        rows = rows.filter(state__in=GROUPS[group][1])
    context = {
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "group": group,
        "groups": [(key, words) for key, (words, _) in GROUPS.items()],
    }
    return render(request, "publications/index.html", context)


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """What happened to one publication, and what to do about it."""
    row = _publication(request, pk)
    withheld = row.draft.restricted
    known = not withheld and not stands_apart(row)
    form = PostedForm(initial={"url": row.remote_url} if known else {})
    return _page(request, row, form)


@signed_in
@require_POST
def record(request: Request, pk: int) -> HttpResponse:
    """Record where the post is; of a withdrawn one we know where it was."""
    row = _publication(request, pk)
    gone = row.action == "withdraw"
    form = PostedForm({"url": row.remote_url} if gone else request.POST)
    if form.is_valid():
        with told(form):
            record_posted(request.user.actor, row, url=form.cleaned_data["url"])
            messages.success(request, "Recorded.")
            return redirect("publication", pk)
    return _page(request, row, form)


@signed_in
@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Let the worker try once more."""
    row = _publication(request, pk)
    with warned(request):
        try_again(request.user.actor, row, looked="looked" in request.POST)
        messages.success(request, "It is in the queue again.")
    return redirect("publication", pk)


def visible(actor: Actor) -> QuerySet[Publication]:
    """The publications of drafts that the person may see listed."""
    rows = Publication.objects.select_related("draft__unit", "account")
    return rows.filter(draft__in=readable(actor).order_by().values("pk"))


def _publication(request: Request, pk: int) -> Publication:
    """One that the person may read, or must settle though its text is restricted."""
    rows = Publication.objects.select_related("draft__corrects", "account", "revision")
    row = get_object_or_404(rows, pk=pk)
    if not can(request.user.actor, "publication.resolve", row):
        require(request.user.actor, "draft.read", row.draft)
    return row


def _page(request: Request, row: Publication, form: PostedForm) -> HttpResponse:
    actor = request.user.actor
    may = bool(can(actor, "publication.resolve", row))
    by_hand = channels.get(row.account.channel).capabilities.by_hand
    states = {"by-hand", "failed", "unconfirmed"}
    readable = bool(can(actor, "draft.read", row.draft))
    known = by_hand or not stands_apart(row) or must_look(row)
    posted = may and row.state in states and known
    stop = _stop(row) if posted and by_hand else ""
    settling = Settling(
        row=row,
        guide=guide(row, readable=readable and not stop)
        if posted and by_hand
        else None,
        stop=stop,
        posted=posted,
        again=may and row.state in {"failed", "unconfirmed"},
        look=must_look(row),
    )
    return render(
        request, "publications/page.html", {"settling": settling, "form": form}
    )


def _stop(row: Publication) -> str:
    """What came between since it was given to a person; removals are never late."""
    if row.action == Publication.Action.WITHDRAW:
        return ""
    with transaction.atomic():
        return standing_against(row, database_now())
