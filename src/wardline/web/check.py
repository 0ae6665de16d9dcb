"""`/check`: may I post this? For everybody; nothing is stored, logged or told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_http_methods

from wardline.institution import current
from wardline.publishing.screen import GAP
from wardline.screening import Context, Finding, default
from wardline.screening.remedies import question
from wardline.web.fixes import Change, change, changed, changes, helps
from wardline.web.forms import Form
from wardline.web.kinds import KINDS
from wardline.web.screened import Screened, screened

LONGEST = 100_000
MODES = [
    ("personal", "My own account"),
    ("official", "An official account of the hospital"),
]
CHANNELS = [*KINDS, ("email", "E-mail")]


class CheckForm(Form):
    """The words, and who would post them where."""

    text = forms.CharField(
        label="Your words",
        help_text="Type or paste what you would like to post.",
        error_messages={"required": "Type or paste your words first."},
        strip=False,
        validators=[
            MaxLengthValidator(
                LONGEST, "This is longer than any post. Check it in parts."
            )
        ],
        widget=forms.Textarea(
            attrs={"rows": 8, "autocomplete": "off", "autofocus": True}
        ),
    )
    mode = forms.ChoiceField(
        label="Posted from", choices=MODES, initial="personal", widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label="Kind of site", choices=CHANNELS)
    author_role = forms.CharField(
        label="Your role",
        help_text="Such as: night nurse.",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    author_employer = forms.BooleanField(required=False, initial=True)
    profile_disclaimer = forms.BooleanField(
        label="My profile says that the views are my own", required=False
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        name = current().short_name
        self.fields["author_employer"].label = f"I work at {name}"

    def clean_text(self) -> str:
        """The words with one kind of line end."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")

    @property
    def context(self) -> Context:
        """Everything but the text."""
        cleaned = dict(self.cleaned_data)
        del cleaned["text"]
        return Context(**cleaned)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the page shows of one check."""

    screened: Screened
    question: str
    official: bool

    @property
    def summary(self) -> str:
        """The outcome in one sentence."""
        count = len(self.screened.findings)
        if not count:
            return "Nothing to change."
        return f"{count} thing{'s' * (count > 1)} to look at."


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
@sensitive_post_parameters()
@sensitive_variables()
def show(request: HttpRequest) -> HttpResponse:
    """The page; htmx gets the findings alone, a fix also the text that it changed."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    made = None
    if form.is_valid() and changes(request.POST):
        form, made = _fixed(form, request.POST)
    page = {"form": form, "checked": checked(form, request.POST), "change": made}
    live = bool(getattr(request, "htmx", False))
    return render(request, "check/live.html" if live else "check/page.html", page)


def checked(form: CheckForm, post: Mapping[str, str]) -> Checked | None:
    """The check of a form that was filled in, None for one that was not."""
    if not form.is_valid() or not form.cleaned_data["text"].strip():
        return None
    text, context = form.cleaned_data["text"], form.context
    findings = default().check(text, context)
    return Checked(
        screened=screened(
            "",
            text,
            [_row(finding) for finding in findings],
            helps=helps(text, context, findings, post),
        ),
        question=question(findings, text),
        official=context.mode == "official",
    )


def _row(finding: Finding) -> dict[str, Any]:
    """A finding as it is stored with a draft, which has an empty title here."""
    moved = {"start": finding.start + len(GAP), "end": finding.end + len(GAP)}
    return msgspec.structs.asdict(finding) | moved


def _fixed(form: CheckForm, post: Mapping[str, str]) -> tuple[CheckForm, Change | None]:
    """The form with its text as the pressed button leaves it, and what that changed."""
    before = form.cleaned_data["text"]
    after = changed(before, form.context, post)
    fixed = CheckForm({**dict(form.data.items()), "text": after})
    del fixed.fields["text"].widget.attrs["autofocus"]  # what changed has the focus
    fixed.full_clean()
    return fixed, change(before, after)
