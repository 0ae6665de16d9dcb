"""A draft, and people who press every button in any order.

Sending is played: what a worker takes is published at once, without a channel.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from unittest.mock import patch

import msgspec
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.publishing.desk import (
    ALWAYS,
    FUNDS,
    OFFICES,
    PLAIN,
    STORY,
)
from tests.publishing.walk import Desk, picked
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.people.models import Delegation
from wardline.publishing import revisions, routing, screen
from wardline.publishing.content import Content
from wardline.publishing.models import (
    ApprovalLink,
    Clearance,
    Pause,
    Publication,
)
from wardline.publishing.revisions import content_of
from wardline.publishing.settle import finish
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant, send_back
from wardline.publishing.steps.decide_by_link import decide_by_link
from wardline.publishing.steps.delegate import delegate
from wardline.publishing.steps.end_delegation import end_delegation
from wardline.publishing.steps.expire_clearances import expire_clearances
from wardline.publishing.steps.invite import invite, revoke_link
from wardline.publishing.steps.pause import end_pause, start_pause
from wardline.publishing.steps.release import drop, release
from wardline.publishing.steps.save_draft import create_draft, edit_draft
from wardline.publishing.steps.schedule import schedule, unschedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw

WHO = st.sampled_from(["author", "both", "clearer", "developer", "privacy", "guest"])
RIGHT = st.none() | WHO
"""None: whoever may do it, as half of all tries have to succeed."""
WRITER = st.sampled_from(["author", "both"])
TEXTS = st.sampled_from([PLAIN, FUNDS, STORY])
PICK = st.integers(0, 5)
"""Which of several rows, counted round."""
DECIDES = {
    "public-affairs": "clearer",
    "development": "developer",
    "privacy": "privacy",
}
NOTE = "Signed form on file."
screened = cache(screen.screen)


class Walk(Desk):
    """It begins with a fresh draft of the cast, and leaves nothing behind."""

    @initialize(
        routes=st.sampled_from(list(ALWAYS)),
        writer=WRITER,
        text=TEXTS,
        ahead=st.integers(0, 4),
    )
    def begin(self, routes: str, writer: str, text: str, ahead: int) -> None:
        """With these routes, and a draft that has come so far already."""
        self.routes = routes
        known = msgspec.toml.decode(routes, type=routing.Routing)
        self.undone.enter_context(patch.object(routing, "current", lambda: known))
        self.undone.enter_context(patch.object(revisions, "screen", screened))
        content = Content("Title", text, list(self.cast.accounts))
        self.pk = create_draft(self.actor(writer), self.cast.unit, content).pk
        self.all_goes_well(ahead)

    @rule(who=WRITER | WHO, text=TEXTS, own=st.none() | TEXTS)
    def edit(self, who: str, text: str, own: str | None) -> None:
        """Write another text, and perhaps one of its own for an account."""
        draft = self.draft
        variants = {self.cast.accounts[1].pk: own} if own else {}
        content = replace(content_of(draft.revision), text=text, variants=variants)
        if self.press(
            edit_draft, self.actor(who), draft, content, version=draft.version
        ):
            live = draft.clearances.filter(state__in=("pending", "granted"))
            assert not live.exists(), "an edit left a clearance"

    @rule(who=WRITER | WHO)
    def submit(self, who: str) -> None:
        draft = self.draft
        self.press(submit, self.actor(who), draft, version=draft.version)

    @rule(who=RIGHT, pick=PICK, note=st.sampled_from(["", NOTE]), back=st.booleans())
    def decide(self, who: str | None, pick: int, note: str, *, back: bool) -> None:
        if row := picked(Clearance.objects.filter(draft=self.pk), pick):
            who = who or DECIDES[row.office]
            if back:
                self.press(send_back, self.actor(who), row, note=note)
            else:
                self.grant(who, row, note)

    def grant(self, who: str, row: Clearance, note: str) -> None:
        content = row.content_hash
        if self.press(grant, self.actor(who), row, content=content, note=note):
            self.judge(row)

    @rule(
        who=RIGHT,
        pick=PICK,
        guest=st.sampled_from(["Jane", "Amara", "Bo"]),
        at_once=st.booleans(),
    )
    def invite(self, who: str | None, pick: int, guest: str, *, at_once: bool) -> None:
        email = f"{guest}@massgeneral.org"
        if row := picked(Clearance.objects.filter(state="pending"), pick):
            actor = self.actor(who or DECIDES[row.office])
            token = self.press(invite, actor, row, name="Jane Roe", email=email)
            if token:
                self.tokens.append((token, row.content_hash))
                if at_once:
                    self.decide_by_link(pick=-1, granted=True)

    @rule(pick=PICK, granted=st.booleans())
    def decide_by_link(self, pick: int, *, granted: bool) -> None:
        """With what was read when the link was made, used or not."""
        if not self.tokens:
            return
        token, content = self.tokens[pick % len(self.tokens)]
        unused = ApprovalLink.objects.filter(used_at=None, revoked_at=None).count()
        word = {"granted": granted, "note": NOTE, "name": "Jane Roe"}
        if self.press(decide_by_link, token, content=content, **word):
            left = ApprovalLink.objects.filter(used_at=None, revoked_at=None).count()
            assert left == unused - 1, "a link decided twice"
            link = ApprovalLink.objects.exclude(used_at=None).latest("used_at")
            assert not link.clearance.lifts_hold
            if granted:
                self.judge(link.clearance)

    @rule(who=RIGHT, pick=PICK)
    def revoke_link(self, who: str | None, pick: int) -> None:
        if link := picked(ApprovalLink.objects.all(), pick):
            actor = self.actor(who or DECIDES[link.clearance.office])
            self.press(revoke_link, actor, link)

    @rule(who=RIGHT, away=RIGHT, stand_in=WHO, office=st.sampled_from(OFFICES))
    def delegate(
        self, who: str | None, away: str | None, stand_in: str, office: str
    ) -> None:
        now = timezone.now()
        self.press(
            delegate,
            self.actor(who or DECIDES[office]),
            office=office,
            person=self.cast.people[away or DECIDES[office]],
            stand_in=self.cast.people[stand_in],
            starts_at=now,
            ends_at=now + timedelta(days=7),
        )
        self.actors.clear()

    @rule(who=RIGHT, pick=PICK)
    def end_delegation(self, who: str | None, pick: int) -> None:
        if row := picked(Delegation.objects.all(), pick):
            self.press(end_delegation, self.actor(who or DECIDES[row.office]), row)
            self.actors.clear()

    @rule(who=WRITER | WHO)
    def schedule(self, who: str) -> None:
        self.press(schedule, self.actor(who), self.draft, at=None, zone="UTC")

    @rule(who=WRITER)
    def unschedule(self, who: str) -> None:
        self.press(unschedule, self.actor(who), self.draft)

    @rule(who=WRITER, sure=st.integers(0, 3))
    def cancel(self, who: str, sure: int) -> None:
        """Seldom: nothing follows it."""
        if not sure:
            self.press(cancel_draft, self.actor(who), self.draft)

    @rule(who=RIGHT, everything=st.booleans(), meanwhile=st.booleans())
    def start_pause(
        self, who: str | None, *, everything: bool, meanwhile: bool
    ) -> None:
        unit = None if everything else self.cast.unit
        self.press(start_pause, self.actor(who or "clearer"), unit, "A crisis.")
        if meanwhile:
            self.schedule("author")
            self.a_worker_takes(arrives=True)

    @rule(who=RIGHT, pick=PICK)
    def end_pause(self, who: str | None, pick: int) -> None:
        """And look at what was held."""
        if row := picked(Pause.objects.filter(ended_at=None), pick):
            self.press(end_pause, self.actor(who or "clearer"), row)
            self.release(None, pick, release)

    @rule(who=RIGHT, pick=PICK, step=st.sampled_from([release, release, drop]))
    def release(self, who: str | None, pick: int, step: Callable[..., None]) -> None:
        if row := picked(Publication.objects.filter(state="held"), pick):
            reason = {"reason": "It is wrong."} if step is release else {}
            self.press(step, self.actor(who or "clearer"), row, **reason)

    @rule(pick=PICK, job_runs=st.booleans())
    def a_clearance_ends(self, pick: int, *, job_runs: bool) -> None:
        if row := picked(Clearance.objects.filter(state="granted"), pick):
            now = timezone.now()
            Clearance.objects.filter(pk=row.pk).update(expires_at=now)
            if job_runs:
                self.press(expire_clearances, now)

    @rule(arrives=st.booleans())
    def a_worker_takes(self, *, arrives: bool) -> None:
        """All that is due; what is posted by hand is handed to a person."""
        handed = Publication.objects.filter(state="by-hand")
        before = list(handed.values_list("pk", flat=True))
        while claimed := claim():
            row = Publication.objects.get(pk=claimed.publication_id)
            self.judge_sending([row])
            move(row, "published" if arrives else "failed", SYSTEM)
            finish(SYSTEM, row)
            self.met.add("published" if arrives else "failed")
        self.judge_sending(handed.exclude(pk__in=before))

    @rule(who=WRITER)
    def correct(self, who: str) -> None:
        """Go on with the draft of a correction."""
        post = self.draft.corrects or self.draft
        made = self.press(start_correction, self.actor(who), post, reason="A slip.")
        if made:
            self.pk = made.pk

    @rule(who=WHO, sure=st.integers(0, 3))
    def withdraw(self, who: str, sure: int) -> None:
        if not sure:
            post = self.draft.corrects or self.draft
            self.press(withdraw, self.actor(who), post, reason="A slip.")

    @rule(steps=st.integers(1, 3), who=RIGHT)
    def and_on(self, steps: int, who: str | None) -> None:
        self.all_goes_well(steps, who)

    def all_goes_well(self, steps: int, who: str | None = None) -> None:
        """The next steps by whoever may do them, or `who` decides, if they may."""
        for _ in range(steps):
            draft = self.draft
            pending = draft.clearances.filter(state="pending").first()
            if draft.state in {"editing", "returned"}:
                self.submit("author")
            elif pending:
                self.grant(who or DECIDES[pending.office], pending, NOTE)
            elif draft.state == "cleared":
                self.schedule("author")
            elif draft.state == "scheduled":
                self.a_worker_takes(arrives=True)


def wander(examples: int, steps: int) -> None:
    """So many walks of so many steps.

    Raises:
        AssertionError: something did not hold; the walk to it is printed.
    """
    Walk.reached.clear()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # to shrink would take minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
