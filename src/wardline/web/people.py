"""People and units: who signs in, and what they may do."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_POST

from wardline.people.access import require
from wardline.people.models import Person, Unit
from wardline.registry.models import Account
from wardline.registry.steps.add_person import add_person, set_password
from wardline.registry.steps.add_unit import add_unit
from wardline.registry.steps.deactivate_person import (
    deactivate_person,
    reactivate_person,
)
from wardline.registry.steps.set_access import set_access
from wardline.web.people_forms import AccessForm, PersonForm, UnitForm
from wardline.web.refusals import told, warned
from wardline.web.request import Request, signed_in


@signed_in
def index(request: Request) -> HttpResponse:
    """Everybody who signs in or did."""
    require(request.user.actor, "people.manage")
    everybody = Person.objects.prefetch_related("groups", "memberships__unit")
    rows = everybody.order_by("-is_active", "name")
    return render(request, "people/index.html", {"rows": rows})


@signed_in
@never_cache
@sensitive_post_parameters("password")
@sensitive_variables()
def add(request: Request) -> HttpResponse:
    """Add a person, and show the first password this once."""
    require(request.user.actor, "people.manage")
    form = PersonForm(request.POST or None)
    if form.is_valid():
        with told(form):
            person, chosen = add_person(request.user.actor, **form.cleaned_data)
            page = {"person": person, "password": chosen}
            return render(request, "people/password.html", page)
    return render(request, "people/add.html", {"form": form})


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """One person, with the forms for what they may do."""
    require(request.user.actor, "people.manage")
    person = get_object_or_404(Person, pk=pk)
    return _page(request, person, AccessForm.of(person))


@signed_in
@require_POST
@never_cache
@sensitive_variables()
def password(request: Request, pk: int) -> HttpResponse:
    """Make another password, and show it this once."""
    person = get_object_or_404(Person, pk=pk)
    page = {"person": person, "password": set_password(request.user.actor, person)}
    return render(request, "people/password.html", page)


@signed_in
@require_POST
def access(request: Request, pk: int) -> HttpResponse:
    """Change what a person may do."""
    require(request.user.actor, "people.manage")
    person = get_object_or_404(Person, pk=pk)
    form = AccessForm(request.POST)
    if form.is_valid():
        with told(form):
            roles = frozenset(form.cleaned_data["roles"])
            set_access(
                request.user.actor, person, roles=roles, memberships=form.in_units
            )
            messages.success(request, f"What {person} may do was changed.")
            return redirect("person", pk)
    return _page(request, person, form)


@signed_in
@require_POST
def standing(request: Request, pk: int) -> HttpResponse:
    """Close a person's sign-in, or open it again."""
    person = get_object_or_404(Person, pk=pk)
    change = deactivate_person if person.is_active else reactivate_person
    with warned(request):
        change(request.user.actor, person)
        is_open = "open again" if person.is_active else "closed"
        messages.success(request, f"The sign-in of {person} is {is_open}.")
    return redirect("person", pk)


@signed_in
def units(request: Request) -> HttpResponse:
    """The units with their members, and the form for another one."""
    require(request.user.actor, "people.manage")
    form = UnitForm(request.POST or None)
    if form.is_valid():
        with told(form):
            unit = add_unit(request.user.actor, **form.cleaned_data)
            messages.success(request, f"{unit} is entered. Give it members now.")
            return redirect("units")
    rows = Unit.objects.prefetch_related("memberships__person")
    return render(request, "people/units.html", {"form": form, "rows": rows})


def _page(request: Request, person: Person, form: AccessForm) -> HttpResponse:
    keeps = Account.objects.filter(Q(owner=person) | Q(deputy=person))
    page = {
        "person": person,
        "form": form,
        "keeps": keeps.exclude(state="retired"),
        "self": person.pk == request.user.pk,
    }
    return render(request, "people/page.html", page)
