"""Answering a comment: which one, on which account, and with which words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardline import channels
from wardline.people.access import Actor
from wardline.publishing.models import Draft, ReplyTemplate
from wardline.publishing.steps.start_reply import start_reply
from wardline.publishing.templates import LANGUAGES
from wardline.registry.models import Account
from wardline.web.draft_form import IN_USE
from wardline.web.drafts import writes_for
from wardline.web.forms import Form
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in


class ReplyForm(Form):
    """The comment, by its address, and the answer."""

    conditional = frozenset({"template", "text", "comment_id"})
    account = forms.ModelChoiceField(
        Account.objects.none(), label="Answer as", empty_label=None
    )
    comment_url = forms.URLField(
        label="Address of the comment",
        max_length=500,
        assume_scheme="https",
        help_text="Often the comment's date is a link: open it and copy the address.",
        error_messages={
            "required": "Paste the address of the comment.",
            "invalid": "Paste the comment's full address, beginning with https://.",
        },
    )
    comment_id = forms.CharField(
        label="The comment's id",
        max_length=300,
        required=False,
        help_text="Only where the address does not tell it.",
    )
    template = forms.ModelChoiceField(
        ReplyTemplate.objects.none(),
        label="Template",
        required=False,
        empty_label="My own words",
        help_text="Unchanged, an approved template needs no clearance.",
    )
    text = forms.CharField(
        label="My own words",
        required=False,
        max_length=5000,
        help_text="Never say or deny that somebody is a patient, even if they do.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, actor: Actor, account: str = ""
    ) -> None:
        super().__init__(data, initial={"account": account})
        self.accounts = list(_answering(actor))
        ids = [account.pk for account in self.accounts]
        self.templates = usable_templates(actor)
        accounts, template = self.fields["account"], self.fields["template"]
        accounts.queryset = Account.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        template.queryset = self.templates  # type: ignore[attr-defined]
        template.label_from_instance = _named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find out the comment's id, and see that one answer was given."""
        filled = super().clean() or self.cleaned_data
        account, url = filled.get("account"), filled.get("comment_url")
        if account and url and not filled.get("comment_id"):
            at = channels.get(account.channel).comment_at(url, account.url)
            filled["comment_id"] = at
            if not at:
                self.add_error(
                    "comment_id",
                    "This address does not tell which comment it is. Copy the "
                    "comment's own address, or give its id here.",
                )
        if filled.get("template") and filled.get("text", "").strip():
            self.add_error(
                "text", "Choose a template or write your own words, not both."
            )
        return filled

    def start(self, actor: Actor) -> Draft:
        """Do what was filled in."""
        filled = dict(self.cleaned_data)
        return start_reply(actor, filled.pop("account"), **filled)


@signed_in
def new(request: Request) -> HttpResponse:
    """Start a reply; `?account=` chooses where, `?url=` which comment."""
    actor = request.user.actor
    form = ReplyForm(request.POST or None, actor, request.GET.get("account", ""))
    form.initial["comment_url"] = request.GET.get("url", "")
    if form.is_valid():
        with told(form):
            draft = form.start(actor)
            messages.success(request, "Read it once more, then ask for clearance.")
            return redirect("draft", draft.pk)
    return render(request, "replies/new.html", {"form": form})


def usable_templates(actor: Actor) -> QuerySet[ReplyTemplate]:
    """The approved templates for the units that the person writes for."""
    mine = Q(unit=None) | Q(unit__in=writes_for(actor))
    rows = ReplyTemplate.objects.filter(mine, state="approved")
    return rows.order_by("situation", "language", "pk")


def _answering(actor: Actor) -> Iterator[Account]:
    """The person's accounts on which comments can be answered."""
    rows = Account.objects.filter(unit__in=writes_for(actor), state__in=IN_USE)
    for account in rows.select_related("unit"):
        can = channels.get(account.channel).capabilities
        if can.replies or can.by_hand:
            yield account


def _named(row: ReplyTemplate) -> str:
    return f"{row.situation} ({LANGUAGES.get(row.language, row.language)})"
