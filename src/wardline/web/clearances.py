"""The page on which an office decides one clearance."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline.people.access import Actor, require
from wardline.publishing.models import Clearance
from wardline.publishing.steps.decide import grant, send_back
from wardline.web.approval_forms import InviteForm
from wardline.web.clearance_page import clearance_page, decided
from wardline.web.forms import Form
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in


class DecisionForm(Form):
    """What the office says; `content` is the hash of the wording it read."""

    conditional = frozenset({"note"})
    content = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Note",
        required=False,
        help_text="Say what to change if you send it back. Kept, never published.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@signed_in
def decide(request: Request, pk: int) -> HttpResponse:
    """Read one wording; grant it or send it back."""
    row = clearance_of(request.user.actor, pk)
    form = DecisionForm(request.POST or None, initial={"content": row.content_hash})
    if form.is_valid():
        with told(form):
            back = "send-back" in request.POST
            if _decide(request.user.actor, row, form, back=back):
                messages.success(request, "Sent back." if back else "Granted.")
                return redirect("queue", row.office)
    return page_of(request, clearance_of(request.user.actor, pk), decision=form)


def clearance_of(actor: Actor, pk: int) -> Clearance:
    """One clearance of a draft that the person may read.

    Raises:
        DeniedError: they may not.
        Http404: there is none.
    """
    rows = Clearance.objects.select_related("draft__unit", "draft__corrects")
    row = get_object_or_404(rows.select_related("decided_by"), pk=pk)
    require(actor, "draft.read", row.draft)
    return row


def page_of(
    request: Request,
    row: Clearance,
    *,
    decision: Form | None = None,
    asking: Form | None = None,
) -> HttpResponse:
    """The page, with a form that was filled in and refused."""
    context = {
        "page": clearance_page(request.user.actor, row),
        "form": decision or DecisionForm(initial={"content": row.content_hash}),
        "asking": asking or InviteForm(),
    }
    return render(request, "clearances/page.html", context)


def _decide(actor: Actor, row: Clearance, form: Form, *, back: bool) -> bool:
    """Whether it was recorded; a colleague may have been faster, which the form says."""
    require(actor, "clearance.decide", row)
    note = form.cleaned_data["note"]
    if row.state != "pending":
        form.add_error(None, decided(row))
        return False
    if back:
        send_back(actor, row, note=note)
    else:
        grant(actor, row, content=form.cleaned_data["content"], note=note)
    return True
