"""`/accounts`: the official accounts, for everybody; as CSV too."""

import csv
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from wardline.registry.directory import Listing, Wanted, choices, listed, listing
from wardline.registry.exporting import harmless
from wardline.web import accounts
from wardline.web.forms import Form
from wardline.web.navigation import keeps
from wardline.web.request import Request

ON_A_PAGE = 50


class DirectoryForm(Form):
    """What to list."""

    words = forms.CharField(label="Search", required=False, max_length=200)
    unit = forms.ChoiceField(required=False)
    site = forms.ChoiceField(label="Where", required=False)
    language = forms.ChoiceField(required=False)
    retired = forms.BooleanField(label="Retired ones too", required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, found in choices().items():
            self.fields[name].choices = [("", "Any"), *found]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What was asked for; nothing but what there is."""
        self.is_valid()
        return Wanted(**self.cleaned_data)


@require_safe
@vary_on_cookie
def index(request: Request) -> HttpResponse:
    """The public directory; who keeps accounts gets the registry, unless `?public`."""
    known = request.user.pk and "public" not in request.GET
    if known and keeps(request.user.actor):
        return accounts.index(request)
    form = DirectoryForm(request.GET)
    asked = request.GET.copy()
    asked.pop("page", None)
    query = asked.urlencode()
    rows = Paginator(listed(form.wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    page = {
        "form": form,
        "page": rows,
        "listings": [listing(account) for account in rows],
        "query": f"{query}&" if query else "",
        "csv": f"{reverse('accounts-csv')}?{query}",
        "json": f"{reverse('api-1:accounts')}?{query}",
    }
    return render(request, "public/accounts.html", page)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same list, all of it, in columns that are named as in the API."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    answer["Access-Control-Allow-Origin"] = "*"
    table = csv.DictWriter(answer, list(Listing.__dataclass_fields__))
    table.writeheader()
    for account in listed(DirectoryForm(request.GET).wanted):
        row = listing(account)
        columns = row.columns() | {"tags": "; ".join(row.tags)}
        table.writerow({name: harmless(v or "") for name, v in columns.items()})
    return answer
