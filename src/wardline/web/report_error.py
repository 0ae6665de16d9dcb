"""`/report-error`: anybody tells us that a post of ours is wrong."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_http_methods, require_safe

from wardline.institution import Office, current
from wardline.people.address import address_of
from wardline.people.allowance import Allowance
from wardline.publishing.finding import published_at
from wardline.publishing.models import Draft, ErrorReport
from wardline.publishing.steps.report_error import (
    LONGEST,
    OUT,
    READER,
    Report,
    report_error,
)
from wardline.registry.errors import RegistryError
from wardline.web.forms import Form
from wardline.web.refusals import told

REPORTS = 3
"""Reports that one address may send in a minute."""
reports = Allowance()


class ReportForm(Form):
    """What is wrong, where, and how to answer, if they like."""

    url = forms.CharField(
        label="Address of the post",
        help_text="Open the post itself and copy its address, with https://.",
        max_length=2000,
        error_messages={"required": "Paste the address of the post."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
    text = forms.CharField(
        label="What is wrong?",
        help_text=(
            "And what would be right, if you know. Write nothing about a patient, not "
            "about yourself as one either: no name, no illness, no date of a visit."
        ),
        max_length=LONGEST,
        error_messages={"required": "Say what is wrong."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = forms.EmailField(
        label="Your e-mail address",
        help_text="Only if we may ask back. Those who look into it see it.",
        required=False,
        max_length=254,
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, post: Draft | None, url: str
    ) -> None:
        super().__init__(data, initial={"url": url})
        if post:
            del self.fields["url"]

    def clean_website(self) -> str:
        """Programs fill in every field; people do not see this one."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave the last field empty, then send again.")
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def show(request: HttpRequest) -> HttpResponse:
    """The form; `?post=` names the post, `?url=` is where it was read."""
    given = request.GET.get("post", "")
    posts = Draft.objects.filter(corrects=None, state__in=OUT)
    # PostgreSQL takes no NUL.
    post = posts.filter(public_id=given).first() if given.isprintable() else None
    form = ReportForm(request.POST or None, post, request.GET.get("url", ""))
    page = {"form": form, "post": post, "unknown": False, "office": _office()}
    if form.is_valid() and (wait := reports.take(address_of(request), REPORTS)):
        form.add_error(None, f"Too many reports: try again in {wait} seconds.")
    if form.is_valid():
        with told(form):
            made = _report(form, post)
            if made:
                return redirect("error-reported", made.pk)
            page["unknown"] = not form.errors
    return render(request, "public/report_error.html", page)


@require_safe
def received(request: HttpRequest, number: int) -> HttpResponse:
    """Thanks, with the number to name when they write to us; it opens nothing."""
    return render(request, "public/error_reported.html", {"number": number})


def _office() -> Office | None:
    """To whom they may write instead."""
    return current().offices.get(current().routine_office)


@sensitive_variables()
def _report(form: ReportForm, post: Draft | None) -> ErrorReport | None:
    """Keep the report; None if no post of ours is at that address."""
    given = form.cleaned_data
    report = Report(given["text"], given["contact"])
    if post:
        return report_error(READER, post, report)
    try:
        found = published_at(given["url"])
    except RegistryError as error:
        form.add_error("url", str(error))
        return None
    if found is None:
        return None
    post = found.draft.corrects or found.draft
    return report_error(READER, post, report, found.account)
