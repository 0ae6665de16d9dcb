"""Look-alikes: what was found or reported, what it is, and how it is taken down."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.people.access import Actor, can, require
from wardline.registry.directory import OPEN, approved, site
from wardline.registry.look_alikes import can_search
from wardline.registry.models import Account, LookAlike
from wardline.registry.states import LOOK_ALIKE
from wardline.registry.steps.judge_look_alike import (
    call_gone,
    call_harmless,
    call_impostor,
)
from wardline.registry.steps.report_look_alike import search_look_alikes
from wardline.registry.take_down import letter, process_of
from wardline.web.forms import Form
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in

ON_A_PAGE = 50
TABS = (
    ("candidate", "To be judged"),
    ("known-impostor", "Known impostors"),
    ("harmless", "Harmless"),
    ("gone", "Taken down"),
)
VERDICTS: Mapping[str, str] = {
    "known-impostor": "It pretends to be us",
    "harmless": "It is harmless",
    "gone": "The site took it down",
}


class SearchForm(Form):
    """Which account's look-alikes to search for."""

    account = forms.ModelChoiceField(Account.objects.none(), empty_label="Choose one")

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        rows = [row.pk for row in approved().filter(state__in=OPEN) if can_search(row)]
        self.fields["account"].queryset = Account.objects.filter(pk__in=rows)  # type: ignore[attr-defined]


class VerdictForm(Form):
    """What it is, and why."""

    conditional = frozenset({"evidence"})
    verdict = forms.ChoiceField(label="What it is", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why", max_length=500)
    evidence = forms.CharField(
        label="What shows it",
        help_text="Quote it, say when you saw it, and where a screenshot is kept. "
        "It goes into the letter.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, row: LookAlike, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial={"evidence": row.evidence})
        verdicts = [pair for pair in VERDICTS.items() if _allows(row, pair[0])]
        self.fields["verdict"].choices = verdicts  # type: ignore[attr-defined]

    def judge(self, actor: Actor, row: LookAlike) -> None:
        """Do what was chosen."""
        verdict, reason = self.cleaned_data["verdict"], self.cleaned_data["reason"]
        if verdict == "known-impostor":
            call_impostor(actor, row, reason, self.cleaned_data["evidence"])
        else:
            CALLS[verdict](actor, row, reason)


CALLS: Mapping[str, Callable[[Actor, LookAlike, str], None]] = {
    "harmless": call_harmless,
    "gone": call_gone,
}


@signed_in
def index(request: Request) -> HttpResponse:
    """Those of one state, newest first, and the search for more."""
    actor = request.user.actor
    require(actor, "look-alike.read")
    asked = request.GET.get("state", "")
    state = asked if asked in dict(TABS) else "candidate"
    rows = LookAlike.objects.filter(state=state).select_related("account__unit")
    paginator = Paginator(rows, ON_A_PAGE)
    page = {
        "tabs": TABS,
        "state": state,
        "rows": paginator.get_page(request.GET.get("page")),
        "form": SearchForm() if can(actor, "look-alike.judge") else None,
    }
    return render(request, "look_alikes/index.html", page)


@signed_in
@require_POST
def search(request: Request) -> HttpResponse:
    """Search one account's site now."""
    require(request.user.actor, "look-alike.judge")
    form = SearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose an account first.")
        return redirect("look-alikes")
    account = form.cleaned_data["account"]
    with warned(request):
        found = search_look_alikes(request.user.actor, account)
        told_of = f"{len(found)} new on {site(account)}." if found else "Nothing new."
        messages.success(request, f"Searched for {account}: {told_of}")
    return redirect("look-alikes")


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """One of them: what is known, the verdict, and the letter to the site."""
    actor = request.user.actor
    require(actor, "look-alike.read")
    rows = LookAlike.objects.select_related("account__unit", "decided_by")
    row = get_object_or_404(rows, pk=pk)
    form = VerdictForm(row, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told(form):
            form.judge(actor, row)
            messages.success(request, "Recorded.")
            return redirect("look-alike", pk)
    page = {
        "row": row,
        "form": form if can(actor, "look-alike.judge") else None,
        "letter": letter(row) if row.state == "known-impostor" else "",
        "process": process_of(row),
    }
    return render(request, "look_alikes/page.html", page)


def _allows(row: LookAlike, state: str) -> bool:
    return LOOK_ALIKE.allows(row.state, state)
