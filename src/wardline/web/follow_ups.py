"""What a person has to do about posts that are out: on the dashboard, and done or dropped."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardline.people.access import Actor, can
from wardline.people.roles import Role
from wardline.publishing.follow import LOOK, OF_PRIVACY, TELL, TO_CORRECT, closing
from wardline.publishing.links import DEAD_LINK
from wardline.publishing.models import Draft, FollowUp
from wardline.publishing.steps.close_follow_up import close_follow_up
from wardline.web.drafts import writes_for
from wardline.web.refusals import warned
from wardline.web.request import Request, signed_in

KINDS = {
    DEAD_LINK: "A dead link",
    "take-down": "Take it down",
    "authorization": "An authorization ends",
    "look": "Look at the channel",
    TO_CORRECT: "Correct the post",
    LOOK: "Patient data was out",
    TELL: "Tell the Privacy Office",
}
"""Each kind in words; one that is not here is shown by its name."""
OF_OFFICES = ("take-down", "authorization", "look", LOOK, TELL)
"""The kinds that Public Affairs and the Privacy Office are shown of every unit."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do, and whether the reader may say that it is done."""

    row: FollowUp
    mine: bool

    @property
    def kind(self) -> str:
        """In words."""
        return KINDS.get(self.row.kind, self.row.kind)

    @property
    def to_correct(self) -> bool:
        """Whether a correction is what it asks for."""
        return self.row.kind in {DEAD_LINK, TO_CORRECT}

    @property
    def late(self) -> bool:
        """Whether its time is over."""
        return bool(self.row.due_at and self.row.due_at < timezone.now())


def follow_ups(actor: Actor, draft: Draft) -> list[Due]:
    """What is open about one post."""
    return [
        Due(row, bool(can(actor, closing(row.kind), draft)))
        for row in draft.follow_ups.filter(state="open")
    ]


def waiting_for(actor: Actor) -> QuerySet[FollowUp]:
    """What is open and this person's to do, the first due first."""
    mine = Q(draft__unit__in=writes_for(actor))
    if actor.has(Role.PUBLIC_AFFAIRS, Role.PRIVACY):
        mine |= Q(kind__in=OF_OFFICES)
    rows = FollowUp.objects.filter(mine, state="open")
    if not actor.has(Role.PRIVACY):
        rows = rows.exclude(kind__in=OF_PRIVACY)
    return rows.select_related("draft__unit")


@signed_in
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Done, or not needed; the post's page says which."""
    row = get_object_or_404(FollowUp.objects.select_related("draft"), pk=pk)
    with warned(request):
        close_follow_up(request.user.actor, row, done="done" in request.POST)
        messages.success(request, "Closed.")
    may = can(request.user.actor, "draft.read", row.draft)
    return redirect("draft", row.draft_id) if may else redirect("dashboard")
