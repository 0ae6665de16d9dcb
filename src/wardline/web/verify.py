"""`/verify`: is this account real? For everybody, with a way to tell of an impostor."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from wardline.institution import current
from wardline.people.address import address_of
from wardline.people.allowance import Allowance
from wardline.registry.errors import RegistryError
from wardline.registry.platforms import PLATFORMS
from wardline.registry.steps.report_look_alike import (
    VISITOR,
    Report,
    report_look_alike,
)
from wardline.registry.verify import Answer, asked_for, sealed
from wardline.web.forms import Form
from wardline.web.refusals import told

REPORTS = 3
"""Reports that one address may send in a minute."""
BADGE_FOR_SECONDS = 5
LETTER = 6.6
"""Pixels of a letter on a badge."""
reports = Allowance()

SITES = [
    ("", "It is an address"),
    *sorted((key, one.label) for key, one in PLATFORMS.items()),
]


class VerifyForm(Form):
    """What somebody wants to know of."""

    url = forms.CharField(
        label="Address or @handle",
        help_text="Paste it from your browser, or type a handle and choose its site.",
        max_length=2000,
        error_messages={"required": "Paste the address of the profile first."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
    site = forms.ChoiceField(
        label="Site, if it is a handle", choices=SITES, required=False
    )


class ReportForm(Form):
    """What a visitor saw."""

    url = forms.CharField(
        label="Address of the profile",
        help_text="Paste it from your browser, with https://.",
        max_length=300,
    )
    evidence = forms.CharField(
        label="What you saw",
        help_text="What it says or asks for. Please leave out names of patients.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True, slots=True)
class Badge:
    """How an answer looks on a badge: words, and colours of at least 4.5:1."""

    words: str
    colour: str
    sign: str

    @property
    def text(self) -> str:
        """With the name of the hospital."""
        return f"{self.words}: {current().short_name}"

    @property
    def width(self) -> int:
        """Of the text, in pixels, whatever font the reader has."""
        return round(len(self.text) * LETTER)


GOOD = Badge("Official account", "#216e1f", "✓")
BADGES = {
    "retired": Badge("Retired account", "#3d4551", "-"),
    "known-impostor": Badge("Impostor", "#8b0a03", "✗"),
    "not-listed": Badge("Not on record", "#3d4551", "?"),
    "official": Badge("Revoked: not safe now", "#8b0a03", "!"),
}
"""By status, for what is not to be trusted."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer to what was asked."""
    form = VerifyForm(request.GET or None)
    page: dict[str, object] = {"form": form}
    if form.is_valid():
        with told(form):
            url = asked_for(form.cleaned_data["url"], form.cleaned_data["site"])
            answer = sealed(url).answer
            page |= {"answer": answer, "badge": badge_of(answer), **_next(url, answer)}
    response = render(request, "public/verify.html", page)
    response["Cache-Control"] = "no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a visitor's report of an impostor, a few a minute from one address."""
    asked = {"url": request.GET.get("url", "")}
    form = ReportForm(request.POST or None, initial=asked)
    if form.is_valid() and (wait := reports.take(address_of(request), REPORTS)):
        form.add_error(None, f"Too many reports: try again in {wait} seconds.")
    if form.is_valid():
        with told(form):
            given = form.cleaned_data
            sent = Report(why="A visitor reported it.", **given)
            report_look_alike(VISITOR, sent)
            return redirect("impostor-reported")
    return render(request, "public/report.html", {"form": form})


@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens now."""
    return render(request, "public/reported.html")


@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    """The answer for `url` as a picture, for a page that embeds it."""
    try:
        found = sealed(request.GET.get("url", ""))
    except RegistryError as error:
        return HttpResponse(str(error), "text/plain; charset=utf-8", status=422)
    shown = badge_of(found.answer)
    etag = found.etag.replace('"', "")
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = render(request, "public/badge.svg", {"badge": shown})
        response["Content-Type"] = "image/svg+xml"
    response["ETag"] = f'"{etag}"'
    response["Cache-Control"] = f"public, max-age={BADGE_FOR_SECONDS}, must-revalidate"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def badge_of(answer: Answer) -> Badge:
    """How to show the answer in two words."""
    return GOOD if answer.trusted else BADGES[answer.status]


def _next(url: str, answer: Answer) -> dict[str, object]:
    """What the page offers beside the answer."""
    query = urlencode({"url": answer.url or url})
    badge_path = f"{reverse('badge')}?{query}"
    return {
        "asked_url": url,
        "api": f"{reverse('api-1:verify')}?{query}",
        "page_url": f"{settings.SITE_URL}{reverse('verify')}?{query}",
        "badge_path": badge_path,
        "badge_url": f"{settings.SITE_URL}{badge_path}",
    }
