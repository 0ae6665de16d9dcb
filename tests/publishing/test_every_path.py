"""Random walks by random people: what must hold, holds in every state they reach.

Sending is cut short after the claim, so that no channel is needed: what matters is
whether anything could have been sent.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import account, person
from wardline.audit import chain
from wardline.audit.states import GraphError, StaleStateError
from wardline.institution import current
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.gate import matter, requirements
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.decide import grant, send_back
from wardline.publishing.steps.save_draft import create_draft, edit_draft
from wardline.publishing.steps.schedule import schedule, unschedule
from wardline.publishing.steps.submit import submit

REFUSALS = (PublishingError, DeniedError, GraphError, StaleStateError)
TEXTS = st.sampled_from(
    [
        "Walk-in flu shots are on Tuesday in the main lobby.",
        "Please donate to the hospital today to fund our new infusion center.",
        "Our patient Rosa Delgado, MRN 4471903, went home on March 3, 2026.",
    ]
)
PEOPLE = st.sampled_from(["author", "both", "clearer", "developer", "privacy"])


class Desk(RuleBasedStateMachine):
    """One draft, and people who press every button in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        unit = Unit.objects.create(name="Cardiology", slug="cardiology")
        self.people: dict[str, Person] = {
            "author": person("Amara", unit=unit, role="author"),
            "both": person("Bo", "public-affairs", "privacy", unit=unit, role="author"),
            "clearer": person("Paz", "public-affairs"),
            "developer": person("Dev", "development"),
            "privacy": person("Pri", "privacy"),
        }
        blog = account(
            unit,
            self.people["author"],
            self.people["both"],
            "wordpress",
            "http://127.0.0.1:9",
        )
        self.content = Content("Title", "Walk-in flu shots are on Tuesday.", [blog])
        self.pk = create_draft(self.people["author"].actor, unit, self.content).pk

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.pk)

    def press(self, step: Callable[..., Any], *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        with suppress(*REFUSALS):
            step(*arguments, **named)

    @rule(who=PEOPLE, text=TEXTS)
    def edit(self, who: str, text: str) -> None:
        content = Content("Title", text, list(self.content.accounts))
        draft = self.draft
        self.press(
            edit_draft, self.people[who].actor, draft, content, version=draft.version
        )

    @rule(who=PEOPLE)
    def submit(self, who: str) -> None:
        draft = self.draft
        self.press(submit, self.people[who].actor, draft, version=draft.version)

    @precondition(lambda self: Clearance.objects.filter(state="pending").exists())
    @rule(
        who=PEOPLE, note=st.sampled_from(["", "Signed form on file."]), data=st.data()
    )
    def grant(self, who: str, note: str, data: st.DataObject) -> None:
        clearance = data.draw(st.sampled_from(list(Clearance.objects.all())))
        self.press(
            grant,
            self.people[who].actor,
            clearance,
            content=clearance.content_hash,
            note=note,
        )

    @precondition(lambda self: Clearance.objects.filter(state="pending").exists())
    @rule(who=PEOPLE, data=st.data())
    def send_back(self, who: str, data: st.DataObject) -> None:
        clearance = data.draw(st.sampled_from(list(Clearance.objects.all())))
        self.press(send_back, self.people[who].actor, clearance, note="Shorter.")

    @rule(who=PEOPLE)
    def schedule(self, who: str) -> None:
        self.press(schedule, self.people[who].actor, self.draft, at=None, zone="UTC")

    @rule(who=PEOPLE)
    def unschedule(self, who: str) -> None:
        self.press(unschedule, self.people[who].actor, self.draft)

    @rule(who=PEOPLE)
    def cancel(self, who: str) -> None:
        self.press(cancel_draft, self.people[who].actor, self.draft)

    @rule()
    def a_worker_claims(self) -> None:
        claim()

    @invariant()
    def what_is_being_sent_was_cleared_in_exactly_that_wording(self) -> None:
        for row in Publication.objects.filter(state="sending"):
            needed = requirements(matter(row.draft, row.due_at), current())
            granted = Clearance.objects.filter(
                draft=row.draft, state="granted", content_hash=row.revision.content_hash
            )
            offices = {clearance.office for clearance in granted}
            assert all(offices & set(each.offices) for each in needed)
            assert row.draft.content_hash == row.revision.content_hash

    @invariant()
    def nobody_cleared_their_own(self) -> None:
        for clearance in Clearance.objects.filter(state="granted"):
            assert clearance.decided_by_id not in clearance.draft.writer_ids

    @invariant()
    def a_lifted_hold_has_its_reason(self) -> None:
        lifted = Clearance.objects.filter(state="granted", lifts_hold=True)
        assert all(clearance.note.strip() for clearance in lifted)

    @invariant()
    def every_change_is_in_the_chain(self) -> None:
        assert not list(chain.verify())


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.gate")
@pytest.mark.django_db
def test_no_path_leads_round_the_gate() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # to shrink would take minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
