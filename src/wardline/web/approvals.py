"""An office asks somebody without an account; they decide once, at `/approve/<token>`."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wardline.institution import current
from wardline.people.address import address_of
from wardline.people.allowance import Allowance
from wardline.people.tokens import hashed
from wardline.publishing.approval import good_link
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import ApprovalLink, Clearance
from wardline.publishing.steps.decide_by_link import decide_by_link
from wardline.publishing.steps.invite import invite, revoke_link
from wardline.web.approval_forms import ApprovalForm, InviteForm
from wardline.web.clearance_page import revision_of, to_clear
from wardline.web.clearances import clearance_of, page_of
from wardline.web.pictures import picture_of
from wardline.web.previews import previews
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in
from wardline.web.wordings import PictureAt

P = ParamSpec("P")
DECISIONS = 10
"""Decisions that one address may send in a minute."""
decisions = Allowance()


def unlisted(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep a page whose address is a secret out of caches and indexes."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(answer)


@signed_in
@require_POST
@never_cache
@sensitive_variables()
def ask(request: Request, pk: int) -> HttpResponse:
    """Make the link; it is shown this once, and sent if that was wished."""
    row = clearance_of(request.user.actor, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        with told(form):
            given = dict(form.cleaned_data)
            wished = given.pop("send")
            link = _address(invite(request.user.actor, row, **given))
            sent = wished and _sent(row, given["email"], given["hours"], link)
            page = {"row": row, "link": link, "wished": wished, "sent": sent, **given}
            return render(request, "approvals/made.html", page)
    return page_of(request, row, asking=form)


@signed_in
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take a link back that was not used."""
    link = get_object_or_404(ApprovalLink.objects.select_related("clearance"), pk=pk)
    with warned(request):
        revoke_link(request.user.actor, link)
        messages.success(request, f"The link for {link.name} does not work any more.")
    return redirect("clearance", link.clearance_id)


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def approve(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be cleared; opening it changes nothing, sending the form decides."""
    try:
        link = good_link(token)
    except PublishingError as error:
        page = {"reason": str(error)}
        return render(request, "approvals/closed.html", page, status=HTTPStatus.GONE)
    row = link.clearance
    first = {"content": row.content_hash, "name": link.name}
    form = ApprovalForm(request.POST or None, initial=first)
    if form.is_valid() and (wait := decisions.take(address_of(request), DECISIONS)):
        form.add_error(None, f"Too many decisions: try again in {wait} seconds.")
    if form.is_valid():
        with told(form):
            _decide(token, form, granted="grant" in request.POST)
            return redirect("approved", token)
    shown = {"form": form, "link": link, **_shown(row, token)}
    return render(request, "approvals/page.html", shown)


@unlisted
@require_safe
@sensitive_variables()
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was decided by this link, for the records of who decided."""
    links = ApprovalLink.objects.select_related("clearance__draft__unit")
    link = get_object_or_404(links, hash=hashed(token), used_at__isnull=False)
    granted = link.clearance.expires_at is not None
    page = {"link": link, "row": link.clearance, "granted": granted}
    return render(request, "approvals/receipt.html", page)


@unlisted
@require_safe
@sensitive_variables()
def picture(request: HttpRequest, token: str, sha256: str) -> HttpResponse:  # noqa: ARG001
    """A picture of the wording that the link is for."""
    try:
        row = good_link(token).clearance
    except PublishingError as error:
        raise Http404 from error
    if sha256 not in {each["sha256"] for each in revision_of(row).pictures}:
        raise Http404
    return picture_of(row.draft.unit_id, sha256)


def _decide(token: str, form: ApprovalForm, *, granted: bool) -> None:
    given = form.cleaned_data
    decide_by_link(
        token,
        content=given["content"],
        granted=granted,
        note=given["note"],
        name=given["name"],
    )


def _shown(row: Clearance, token: str) -> dict[str, object]:
    picture_at = _pictures(token)
    accounts = row.draft.accounts.order_by("name")
    return {
        "to_clear": to_clear(row, picture_at, outside=True),
        "previews": previews(revision_of(row), accounts, picture_at),
    }


def _pictures(token: str) -> PictureAt:
    return lambda sha256: reverse("approval-picture", args=[token, sha256])


def _address(token: str) -> str:
    return settings.SITE_URL + reverse("approve", args=[token])


def _sent(row: Clearance, email: str, hours: int, link: str) -> bool:
    """Send the letter, which holds nothing of what the post says; whether it went."""
    until = row.approval_links.order_by("-pk")[0].expires_at
    office, us = current().offices[row.office], current().name
    text = (
        f"{office.name} of {us} asks you to read a post of {row.draft.unit} and to "
        "say whether it may be published.\n\n"
        f"Read it and decide:\n{link}\n\n"
        f"The link is for you alone. It decides once, and works for {hours} hours, "
        f"until {date_format(localtime(until), 'F j, Y, g:i A T')}.\n\n"
        f"You did not expect this? Ask {office.email}, and do not open the link."
    )
    try:
        return bool(send_mail(f"{us}: please read a post", text, None, [email]))
    except (OSError, ValueError):  # no server, or an address it refuses
        return False
