"""The switch that pauses publishing, and the review of what was held meanwhile."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline.people.access import Actor, DeniedError, can
from wardline.people.models import Unit
from wardline.people.roles import Role
from wardline.publishing.models import Pause
from wardline.publishing.pauses import over
from wardline.publishing.steps.pause import end_pause, start_pause
from wardline.publishing.steps.release import drop, release
from wardline.web.forms import Form
from wardline.web.pause_page import (
    MOST,
    held,
    held_rows,
    lasting,
    pausable,
    stopped,
)
from wardline.web.refusals import REFUSALS, told, warned
from wardline.web.request import Request, signed_in


class PauseForm(Form):
    """What is to be held, and why."""

    scope = forms.ChoiceField(label="What is to be held?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="One sentence for colleagues. It stands on all of their pages.",
        error_messages={"required": "Say why: everybody whom it stops reads this."},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, actor: Actor, units: list[Unit | None]
    ) -> None:
        super().__init__(data)
        self._units = {unit.slug if unit else "": unit for unit in units}
        could = stopped(actor, [Pause(unit=unit) for unit in units])
        self.fields["scope"].required = None not in units
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (
                one.pause.unit.slug if one.pause.unit else "",
                _counted(one.pause, one.posts, one.soon),
            )
            for one in could
        ]
        self.initial["scope"] = next(iter(self._units), "")

    @property
    def unit(self) -> Unit | None:
        """None for everything."""
        return self._units[self.cleaned_data["scope"]]


@signed_in
def show(request: Request) -> HttpResponse:
    """What is paused and what was held; a POST starts a pause."""
    actor = request.user.actor
    if not (actor.units or actor.has(*_READERS)):
        raise DeniedError("Pauses concern those who publish.")
    units = pausable(actor)
    form = PauseForm(request.POST or None, actor, units)
    if form.is_valid():
        with told(form):
            start_pause(actor, form.unit, form.cleaned_data["reason"])
            messages.success(request, "Paused. What falls due is held from now on.")
            return redirect("pauses")
    waits = held_rows(actor).count()
    page = {
        "form": form if units else None,
        "lasting": lasting(actor),
        "held": held(actor),
        "more": max(waits - MOST, 0),
        "releases": actor.has(Role.PUBLIC_AFFAIRS),
        "past": over(actor)[:5],
    }
    return render(request, "pauses/page.html", page)


@signed_in
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """End a pause; nothing goes out by that."""
    pause = get_object_or_404(Pause, pk=pk)
    with warned(request):
        end_pause(request.user.actor, pause)
        messages.success(
            request, "The pause is over. Look through what was held, and release it."
        )
    return redirect("pauses")


@signed_in
@require_POST
def review(request: Request) -> HttpResponse:
    """Release or call off all that were ticked; each that cannot be says why."""
    actor = request.user.actor
    picked = [pk for pk in request.POST.getlist("pick") if pk.isdecimal()]
    rows = list(held_rows(actor).filter(pk__in=picked[:MOST]))
    verdicts = [can(actor, "publication.release", row) for row in rows]
    if verdicts and not any(verdicts):
        raise DeniedError(verdicts[0].reason)
    if not rows:
        messages.warning(request, "Tick what you looked at, then press the button.")
    drops, reason = request.POST.get("do") == "drop", request.POST.get("reason", "")
    done = 0
    for row in rows:
        try:
            drop(actor, row) if drops else release(actor, row, reason=reason)
            done += 1
        except (DeniedError, *REFUSALS) as error:
            messages.error(request, f"{row.account}: {error}")
    if done:
        messages.success(request, f"{done} {'called off' if drops else 'released'}.")
    return redirect("pauses")


_READERS = (Role.PUBLIC_AFFAIRS, Role.PRIVACY, Role.AUDITOR)


def _counted(pause: Pause, posts: int, soon: int) -> str:
    what = f"Only {pause.unit}" if pause.unit else "Everything, of every unit"
    if not posts:
        return f"{what}: nothing waits now"
    waits = "1 post waits" if posts == 1 else f"{posts} posts wait"
    return f"{what}: {waits}, {soon} within a day"
