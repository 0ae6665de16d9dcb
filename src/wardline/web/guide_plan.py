"""What a person has typed so far for an account that the guide helps to set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from wardline.people.access import Actor, DeniedError, can
from wardline.people.models import Person, Unit
from wardline.registry.guide import Guide, Site
from wardline.registry.guide.about import About, composed

KEPT = "guide"
"""The key in the session; below it the kinds, below each the fields as typed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One account in the making; `typed` are its fields by name, as they were sent.

    No password is ever among them.
    """

    actor: Actor
    guide: Guide
    typed: Mapping[str, Any]

    @property
    def unit(self) -> Unit | None:
        """The unit that was chosen, if this person may ask for it."""
        pk = str(self.typed.get("unit") or "")
        return units_of(self.actor).filter(pk=pk).first() if pk.isdecimal() else None

    @property
    def people(self) -> QuerySet[Person]:
        """Who belongs to the unit and still signs in."""
        members = Person.objects.filter(is_active=True, memberships__unit=self.unit)
        return members.distinct().order_by("name")

    @property
    def site(self) -> Site:
        """Where the account is to be."""
        return self.guide.site(str(self.typed.get("site", "")))

    @property
    def about(self) -> About:
        """The About text as it now reads."""
        return composed(self.said("name"), self.said("description"), self.site)

    def said(self, field: str) -> str:
        """What was typed into a field, or ""."""
        return str(self.typed.get(field) or "").strip()


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units for which this person may ask for an account."""
    mine = [one.pk for one in Unit.objects.all() if can(actor, "account.request", one)]
    return Unit.objects.filter(pk__in=mine)


def require_a_unit(actor: Actor) -> None:
    """Do nothing for those who may ask for an account of some unit.

    Raises:
        DeniedError: saying whom to ask.
    """
    if not units_of(actor).exists():
        msg = (
            "Authors of a unit set up its accounts. Ask your Wardline administrator "
            "to make you one; the guide itself is open to you."
        )
        raise DeniedError(msg)


def plan_in(request: HttpRequest, actor: Actor, guide: Guide) -> Plan:
    """The plan that this person's session holds for a kind."""
    typed = request.session.get(KEPT, {}).get(guide.kind, {})
    return Plan(actor, guide, typed)


def keep(request: HttpRequest, plan: Plan, more: Mapping[str, Any]) -> Plan:
    """Put more of what was typed into the session."""
    typed = {**plan.typed, **more}
    kept = request.session.get(KEPT, {})
    request.session[KEPT] = {**kept, plan.guide.kind: typed}
    return Plan(plan.actor, plan.guide, typed)


def forget(request: HttpRequest, plan: Plan) -> None:
    """Begin again: the kind's plan is empty."""
    kept = dict(request.session.get(KEPT, {}))
    kept.pop(plan.guide.kind, None)
    request.session[KEPT] = kept
