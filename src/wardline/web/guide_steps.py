"""The steps of the guide in their order, and what they ask for together."""

from collections.abc import Mapping
from typing import Any

from wardline import channels
from wardline.registry.particulars import Particulars
from wardline.web.guide_forms import (
    AboutForm,
    ChecklistForm,
    LookForm,
    NamesForm,
    PasswordForm,
    PeopleForm,
    StepForm,
    UnitForm,
)
from wardline.web.guide_plan import Plan

STEPS: Mapping[str, type[StepForm]] = {
    "unit": UnitForm,
    "names": NamesForm,
    "people": PeopleForm,
    "password": PasswordForm,
    "about": AboutForm,
    "look": LookForm,
    "checklist": ChecklistForm,
}


def gap(plan: Plan, until: str) -> str:
    """The first step before `until` that is not filled in yet, or ""."""
    for name, form in STEPS.items():
        if name == until:
            break
        if not form(plan, plan.typed).is_valid():
            return name
    return ""


def particulars(plan: Plan) -> Particulars:
    """What the filled-in steps ask to have on record."""
    given: dict[str, Any] = {}
    for form in (step(plan, plan.typed) for step in STEPS.values()):
        form.is_valid()
        given |= form.cleaned_data
    channel = plan.site.channel or plan.site.platform
    asked = ("unit", "name", "url", "handle", "official_email", "owner", "deputy")
    also = ("language", "description", "audience", "fundraising", "contacts")
    return Particulars(
        kind=plan.guide.kind,
        channel=channel if channel in channels.all() else "by_hand",
        **{name: given[name] for name in (*asked, *also)},
    )
