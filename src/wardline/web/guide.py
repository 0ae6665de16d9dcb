"""The set-up guide: from the idea of an account to the request for it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from wardline.institution import current
from wardline.people.access import require
from wardline.registry import passwords
from wardline.registry.address import key
from wardline.registry.errors import RegistryError
from wardline.registry.guide import Guide, guide, kinds
from wardline.registry.guide.about import composed
from wardline.registry.models import Account
from wardline.registry.platforms import of_host
from wardline.registry.steps.request_account import request_account
from wardline.web.guide_forms import NamesForm, StepForm
from wardline.web.guide_plan import (
    Plan,
    forget,
    keep,
    plan_in,
    require_a_unit,
    units_of,
)
from wardline.web.guide_steps import STEPS, gap, particulars
from wardline.web.refusals import told
from wardline.web.request import Request, signed_in


@signed_in
def index(request: Request) -> HttpResponse:
    """The kinds of site, to choose from."""
    page = {
        "guides": [guide(kind) for kind in kinds()],
        "asks": units_of(request.user.actor).exists(),
    }
    return render(request, "guide/index.html", page)


@signed_in
def show(request: Request, kind: str) -> HttpResponse:
    """All advice for one kind, to read before anything is typed."""
    one = _guide(kind)
    page = {
        "guide": one,
        "asks": units_of(request.user.actor).exists(),
        "begun": bool(plan_in(request, request.user.actor, one).typed),
    }
    return render(request, "guide/kind.html", page)


@signed_in
@require_POST
def begin(request: Request, kind: str) -> HttpResponse:
    """Forget what was typed for this kind and begin with the first step."""
    require_a_unit(request.user.actor)
    forget(request, plan_in(request, request.user.actor, _guide(kind)))
    return redirect("guide-step", kind, next(iter(STEPS)))


@signed_in
@never_cache
def step(request: Request, kind: str, step: str) -> HttpResponse:
    """One step: what it asks, checked and kept, then the next one."""
    require_a_unit(request.user.actor)
    plan = plan_in(request, request.user.actor, _guide(kind))
    if step not in STEPS:
        raise Http404
    if missing := gap(plan, until=step):
        return _lead_back(request, plan, step, missing)
    if request.method != "POST":
        begun = plan.typed if "mend" in request.GET else None
        return _page(request, STEPS[step](plan, begun), step)
    return _answer(request, plan, step)


@signed_in
def pack(request: Request, pk: int) -> HttpResponse:
    """Everything about setting one account up, to be printed; no password is in it."""
    rows = Account.objects.select_related("unit", "owner", "deputy")
    account = get_object_or_404(rows, pk=pk)
    require(request.user.actor, "account.read", account)
    one = _guide(account.kind)
    site = one.site_of(of_host(key(account.url).partition("/")[0]))
    page = {
        "account": account,
        "guide": one,
        "site": site,
        "about": composed(account.name, account.description, site),
        "initials": _initials(),
    }
    return render(request, "guide/pack.html", page)


def _lead_back(request: Request, plan: Plan, step: str, missing: str) -> HttpResponse:
    """To an earlier step that is not filled in, or no longer will do; nothing is lost."""
    if request.method == "POST":
        keep(request, plan, STEPS[step](plan, request.POST).typed)
    messages.info(request, f"First fill in “{STEPS[missing].title}”.")
    begun = STEPS[missing].base_fields.keys() & plan.typed.keys()
    place = reverse("guide-step", args=[plan.guide.kind, missing])
    return redirect(f"{place}?mend" if begun else place)


def _answer(request: Request, plan: Plan, step: str) -> HttpResponse:
    """What was pressed: a check while typing, back, a password, or on."""
    form = STEPS[step](plan, request.POST)
    if request.htmx and isinstance(form, NamesForm):
        return render(request, "guide/naming.html", {"form": form, "live": True})
    form.plan = keep(request, plan, form.typed)
    if "back" in request.POST:
        return redirect("guide-step", plan.guide.kind, _beside(step, -1))
    if "make" in request.POST:
        return _page(request, form, step, made=passwords.generate())
    if form.is_valid():
        with told(form):
            return _go_on(request, form, step)
    return _page(request, form, step)


def _go_on(request: Request, form: StepForm, step: str) -> HttpResponse:
    """To the next step; to this one again, to see what it makes; or to the registrar."""
    names = [*STEPS]
    if step == names[-1]:
        return _send(request, form)
    to = step if "again" in request.POST else _beside(step, 1)
    return redirect("guide-step", form.plan.guide.kind, to)


def _send(request: Request, form: StepForm) -> HttpResponse:
    actor, note = request.user.actor, form.cleaned_data["note"]
    version = request_account(actor, particulars(form.plan), note)
    forget(request, form.plan)
    done = "The registrar has your request. Print this pack, or come back to it."
    messages.success(request, done)
    return redirect("account-pack", version.account_id)


@sensitive_variables("made")
def _page(
    request: Request, form: StepForm, step: str, *, made: str = ""
) -> HttpResponse:
    plan, names = form.plan, [*STEPS]
    page = {
        "guide": plan.guide,
        "site": plan.site,
        "plan": plan,
        "form": form,
        "step": step,
        "steps": [one.title for one in STEPS.values()],
        "number": names.index(step) + 1,
        "is_last": step == names[-1],
        "parts": [one for one in plan.guide.parts if one[0] in form.advice],
        "about": plan.about,
        "initials": _initials(),
        "made": made,
    }
    return render(request, f"guide/{step}.html", page)


def _guide(kind: str) -> Guide:
    try:
        return guide(kind)
    except RegistryError as error:
        raise Http404(str(error)) from error


def _beside(step: str, way: int) -> str:
    names = [*STEPS]
    return names[max(names.index(step) + way, 0)]


def _initials() -> str:
    """The hospital's initials, for where its mark would be: `MGH`."""
    return "".join(word[0] for word in current().name.split() if word[0].isupper())
