"""Reply templates are approved by a colleague, never change, and say nothing of anyone."""

from itertools import groupby

import pytest

from tests.cast import person
from wardline.audit.states import GraphError
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import ReplyTemplate
from wardline.publishing.screen import screen
from wardline.publishing.steps.decide_template import approve_template, retire_template
from wardline.publishing.steps.write_template import write_template
from wardline.publishing.templates import LANGUAGES, Starter, starters

WORDS = "Thank you for these kind words. We are passing them on."


@pytest.fixture
def proposed(author: Person, cardiology: Unit) -> ReplyTemplate:
    return write_template(
        author.actor, cardiology, situation="Praise", language="en", text=WORDS
    )


@pytest.mark.parametrize(
    "one", starters(), ids=lambda one: f"{one.situation}-{one.language}"
)
def test_nothing_is_found_in_a_template_that_comes_along(one: Starter) -> None:
    found, _ = screen("", one.text, "network", reply=True)
    assert [f for f in found if f["severity"] != "remind"] == []


def test_every_situation_comes_in_every_language_and_fits_a_microblog() -> None:
    for situation, group in groupby(starters(), lambda one: one.situation):
        assert [one.language for one in group] == list(LANGUAGES), situation
    assert max(len(one.text) for one in starters()) <= 300


def test_a_proposal_is_not_in_use(proposed: ReplyTemplate) -> None:
    assert (proposed.state, proposed.text) == ("proposed", WORDS)


def test_public_affairs_approves_and_retires(
    proposed: ReplyTemplate, author: Person, clearer: Person
) -> None:
    with pytest.raises(DeniedError):
        approve_template(author.actor, proposed)
    approve_template(clearer.actor, proposed)
    assert (proposed.state, proposed.decided_by_id) == ("approved", clearer.pk)
    retire_template(clearer.actor, proposed)
    with pytest.raises(GraphError):
        approve_template(clearer.actor, proposed)


def test_nobody_approves_their_own(clearer: Person) -> None:
    row = write_template(
        clearer.actor, None, situation="Praise", language="en", text=WORDS
    )
    with pytest.raises(PublishingError, match="a colleague must approve"):
        approve_template(clearer.actor, row)
    approve_template(person("Pia Affairs", "public-affairs").actor, row)


def test_what_screening_holds_is_not_approved(
    author: Person, clearer: Person, cardiology: Unit
) -> None:
    row = write_template(
        author.actor,
        cardiology,
        situation="Complaint",
        language="en",
        text="We are so sorry about your visit.",
    )
    with pytest.raises(PublishingError, match="somebody was cared for here"):
        approve_template(clearer.actor, row)
    assert row.state == "proposed"


def test_only_public_affairs_writes_for_every_unit(
    author: Person, outsider: Person, cardiology: Unit
) -> None:
    for who, unit in ((author, None), (outsider, cardiology)):
        with pytest.raises(DeniedError):
            write_template(
                who.actor, unit, situation="Praise", language="en", text=WORDS
            )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": " "}, "Say when"),
        ({"situation": ""}, "Say when"),
        ({"language": "tlh"}, "Say when"),
        ({}, "already"),
    ],
)
def test_what_is_empty_or_there_already_is_refused(
    proposed: ReplyTemplate, author: Person, wrong: dict[str, str], told: str
) -> None:
    given = {"situation": "Praise", "language": "en", "text": WORDS} | wrong
    with pytest.raises(PublishingError, match=told):
        write_template(author.actor, proposed.unit, **given)
