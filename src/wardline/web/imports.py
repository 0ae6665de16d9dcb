"""Whole lists of accounts: export, and import with a look at it first."""

import base64
import zlib

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from wardline.people.access import can, require
from wardline.people.models import Unit
from wardline.registry.errors import RegistryError
from wardline.registry.exporting import FORMATS, export, headers
from wardline.registry.importing import LARGEST, Options, Result, plan
from wardline.registry.readable import readable
from wardline.registry.steps.import_accounts import import_accounts
from wardline.web.forms import Form
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in

MOST_PACKED = 1_900_000
"""Characters of a file that fit into a form beside all else."""
SHOWN = 200
"""Rows of a plan on the page; the refused ones come first."""
ORDER: tuple[Result, ...] = ("refused", "new", "duplicate")


class ImportForm(Form):
    """Which file, and what its rows leave open."""

    file = forms.FileField(
        label="List of accounts",
        help_text="CSV in UTF-8, XLSX or JSON; at most 5 MB and 10,000 rows.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        label="Unit of rows that name none",
        empty_label="None: such rows are refused",
        to_field_name="slug",
        required=False,
    )
    create_units = forms.BooleanField(
        label="Enter units that are not known yet",
        help_text="Look at the spelling in the list first.",
        required=False,
    )

    @property
    def options(self) -> Options:
        """What was chosen."""
        unit = self.cleaned_data["unit"]
        return Options(unit.name if unit else "", self.cleaned_data["create_units"])


class ConfirmForm(ImportForm):
    """The same choices again, with the file as it was looked at."""

    file = None  # type: ignore[assignment]
    name = forms.CharField(max_length=200)
    packed = forms.CharField(max_length=MOST_PACKED)

    def clean_packed(self) -> bytes:
        """The file's content."""
        try:
            given = base64.urlsafe_b64decode(self.cleaned_data["packed"])
            return zlib.decompressobj().decompress(given, LARGEST + 1)
        except (ValueError, zlib.error) as error:
            raise forms.ValidationError("Choose the file again.") from error


@signed_in
def show(request: Request) -> HttpResponse:
    """The ways in and out; a list that was sent is shown as it would be imported."""
    actor = request.user.actor
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(actor, "account.import")
        if form.is_valid():
            with told(form):
                return _looked_at(request, form)
    page = {
        "form": form,
        "imports": can(actor, "account.import"),
        "formats": FORMATS,
        "count": readable(actor).count(),
    }
    return render(request, "imports/page.html", page)


@signed_in
@require_POST
def confirm(request: Request) -> HttpResponse:
    """Enter what was looked at, exactly that file."""
    actor = request.user.actor
    require(actor, "account.import")
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The file did not arrive whole: choose it again.")
        return redirect("import-accounts")
    given = form.cleaned_data
    with warned(request):
        found = plan(given["name"], given["packed"], form.options)
        entered = import_accounts(actor, found)
        done = f"Entered for review: {len(entered)}. Approve each when it is whole."
        messages.success(request, done)
    return redirect("account-review")


@signed_in
@require_safe
def download(request: Request, kind: str) -> HttpResponse:
    """All accounts that one may read, as a file."""
    if kind not in FORMATS:
        return redirect("import-accounts")
    actor = request.user.actor
    content = export(kind, readable(actor).order_by("unit__name", "name"), actor)
    return HttpResponse(content, headers=headers(kind))


def _looked_at(request: Request, form: ImportForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    content = file.read(LARGEST + 1)
    found = plan(file.name, content, form.options)
    outcomes = sorted(found.outcomes, key=lambda one: ORDER.index(one.result))
    page = {
        "plan": found,
        "packed": _packed(content),
        "counts": {result: len(found.of(result)) for result in ORDER},
        "outcomes": outcomes[:SHOWN],
        "more": max(0, len(outcomes) - SHOWN),
        "given": form,
    }
    return render(request, "imports/plan.html", page)


def _packed(content: bytes) -> str:
    """The file for the page, so that it is kept nowhere until somebody confirms it.

    Raises:
        RegistryError: it does not fit.
    """
    packed = base64.urlsafe_b64encode(zlib.compress(content)).decode()
    if len(packed) > MOST_PACKED:
        raise RegistryError(
            "This file is too large for a page. Split it, save a workbook as CSV, or "
            "use the command `wardline registry import`."
        )
    return packed
