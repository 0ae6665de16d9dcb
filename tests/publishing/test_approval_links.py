"""Somebody without an account decides once, by a link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from wardline.audit.models import Entry
from wardline.audit.states import StaleStateError
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import ApprovalLink, Clearance, Draft
from wardline.publishing.steps.decide import grant, send_back
from wardline.publishing.steps.decide_by_link import decide_by_link, open_link
from wardline.publishing.steps.invite import invite, revoke_link
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.submit import submit

Write = Callable[..., Draft]
PATIENT = "Our patient Rosa Delgado, MRN 4471903, went home on March 3, 2026."
NAME = "Jane Roe"
EMAIL = "jane@counsel.example"


@pytest.fixture
def clearance(write: Write, author: Person, clearer: Person) -> Clearance:
    draft = write()
    (opened,) = submit(author.actor, draft, version=draft.version)
    return opened


@pytest.fixture
def token(clearance: Clearance, clearer: Person) -> str:
    return invite(clearer.actor, clearance, name=NAME, email=EMAIL)


def decide(token: str, clearance: Clearance, *, granted: bool = True) -> None:
    decide_by_link(
        token,
        content=clearance.content_hash,
        granted=granted,
        note="" if granted else "Shorter.",
        name="Jane Roe",
    )


def test_opening_a_link_changes_nothing(token: str, clearance: Clearance) -> None:
    entries = Entry.objects.count()
    assert open_link(token) == open_link(token) == clearance
    assert ApprovalLink.objects.get().used_at is None
    assert Entry.objects.count() == entries


def test_the_link_itself_is_stored_nowhere(token: str) -> None:
    assert token not in str(vars(ApprovalLink.objects.get()))
    assert not any(token in str(vars(entry)) for entry in Entry.objects.all())


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.steps.decide_by_link")
def test_a_decision_by_link_is_on_record_with_name_and_address(
    token: str, clearance: Clearance
) -> None:
    decide(token, clearance)
    clearance.refresh_from_db()
    assert (clearance.state, clearance.draft.state) == ("granted", "cleared")
    assert clearance.decided_by is None
    assert "Jane Roe <jane@counsel.example>" in clearance.decided_as
    entry = Entry.objects.get(action="clearance.granted")
    assert (entry.actor_id, entry.actor_name) == (None, "Jane Roe (by link)")
    assert "jane@counsel.example" in entry.detail["decided_as"]


def test_a_draft_is_sent_back_by_link_with_a_note(
    token: str, clearance: Clearance
) -> None:
    with pytest.raises(PublishingError, match="what the author should change"):
        decide_by_link(
            token,
            content=clearance.content_hash,
            granted=False,
            note="",
            name="Jane Roe",
        )
    decide(token, clearance, granted=False)
    clearance.refresh_from_db()
    assert (clearance.state, clearance.note) == ("refused", "Shorter.")


def test_a_link_decides_once(token: str, clearance: Clearance) -> None:
    decide(token, clearance, granted=False)
    with pytest.raises(PublishingError, match="was used"):
        decide(token, clearance)
    with pytest.raises(PublishingError, match="was used"):
        open_link(token)


def test_of_two_links_for_one_decision_the_second_finds_it_made(
    token: str, clearance: Clearance, clearer: Person
) -> None:
    other = invite(clearer.actor, clearance, name="Jo Poe", email="jo@counsel.example")
    decide(token, clearance)
    with pytest.raises(PublishingError, match="nothing left to decide"):
        open_link(other)


def test_a_link_of_an_office_that_decided_itself_is_void(
    token: str, clearance: Clearance, clearer: Person
) -> None:
    send_back(clearer.actor, clearance, note="Shorter.")
    with pytest.raises(PublishingError, match="nothing left to decide"):
        decide(token, clearance)


def test_the_office_that_is_second_to_a_link_is_told(
    token: str, clearance: Clearance, clearer: Person
) -> None:
    as_read = Clearance.objects.get(pk=clearance.pk)
    decide(token, clearance)
    with pytest.raises(StaleStateError, match="somebody else"):
        send_back(clearer.actor, as_read, note="Shorter.")


def test_a_link_that_is_too_old_or_taken_back_or_unknown_decides_nothing(
    token: str, clearance: Clearance, clearer: Person
) -> None:
    with pytest.raises(PublishingError, match="not complete"):
        open_link(token[:-1])
    ApprovalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PublishingError, match="too old"):
        decide(token, clearance)
    fresh = invite(clearer.actor, clearance, name=NAME, email=EMAIL)
    newest = ApprovalLink.objects.latest("pk")
    revoke_link(clearer.actor, newest)
    with pytest.raises(PublishingError, match="took this link back"):
        decide(fresh, clearance)
    with pytest.raises(PublishingError, match="already"):
        revoke_link(clearer.actor, newest)
    clearance.refresh_from_db()
    assert clearance.state == "pending"


def test_an_edit_takes_the_link_with_it(
    token: str, clearance: Clearance, author: Person
) -> None:
    draft = clearance.draft
    content = Content(draft.title, "On Friday instead.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, content, version=draft.version)
    with pytest.raises(PublishingError, match="nothing left to decide"):
        decide(token, clearance)


def test_other_words_than_those_read_are_not_cleared(
    token: str, clearance: Clearance
) -> None:
    with pytest.raises(PublishingError, match="wording changed"):
        decide_by_link(token, content="0" * 64, granted=True, note="", name=NAME)
    assert ApprovalLink.objects.get().used_at is None
    decide(token, clearance)


def test_who_decides_says_who_they_are(token: str, clearance: Clearance) -> None:
    with pytest.raises(PublishingError, match="your name"):
        decide_by_link(
            token, content=clearance.content_hash, granted=True, note="", name=" "
        )


def test_no_writer_is_invited_and_who_became_one_decides_nothing(
    token: str, clearance: Clearance, author: Person, clearer: Person
) -> None:
    local, domain = author.email.split("@")
    for spelt in (author.email.upper(), f"{local}+posts@{domain}"):
        with pytest.raises(PublishingError, match="wrote this draft"):
            invite(clearer.actor, clearance, name="A", email=spelt)
    ApprovalLink.objects.update(email=author.email)
    with pytest.raises(PublishingError, match="wrote this draft"):
        decide(token, clearance)


def test_a_hold_on_patient_data_is_lifted_by_the_office_itself(
    write: Write, author: Person, privacy_officer: Person
) -> None:
    draft = write(PATIENT)
    opened = submit(author.actor, draft, version=draft.version)
    (row,) = (each for each in opened if each.office == "privacy")
    with pytest.raises(PublishingError, match="the office itself"):
        invite(privacy_officer.actor, row, name=NAME, email=EMAIL)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", " ", "name"),
        ("name", "J" * 121, "120 letters"),
        ("email", "jane", "e-mail address"),
        ("email", f"j@{'x' * 60}.{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 20}.us", "e-"),
        ("hours", 0, "1 to 336"),
        ("hours", 337, "1 to 336"),
    ],
)
def test_an_invitation_needs_a_name_an_address_and_an_end(
    clearance: Clearance, clearer: Person, field: str, value: object, says: str
) -> None:
    given: dict[str, Any] = {"name": NAME, "email": EMAIL, field: value}
    with pytest.raises(PublishingError, match=says):
        invite(clearer.actor, clearance, **given)


def test_only_the_office_invites_and_for_what_is_open(
    clearance: Clearance, author: Person, clearer: Person
) -> None:
    with pytest.raises(DeniedError, match="Only the office"):
        invite(author.actor, clearance, name=NAME, email=EMAIL)
    grant(clearer.actor, clearance, content=clearance.content_hash)
    with pytest.raises(PublishingError, match="nothing left to decide"):
        invite(clearer.actor, clearance, name=NAME, email=EMAIL)


def test_nobody_outside_reads_what_another_office_still_holds(
    write: Write, author: Person, developer: Person, privacy_officer: Person
) -> None:
    draft = write(PATIENT, also_ask=["development"])
    opened = submit(author.actor, draft, version=draft.version)
    rows = {row.office: row for row in opened}
    with pytest.raises(PublishingError, match="Privacy Office must lift a hold first"):
        invite(developer.actor, rows["development"], name=NAME, email=EMAIL)
    held = rows["privacy"]
    grant(privacy_officer.actor, held, content=held.content_hash, note="Signed.")
    assert invite(developer.actor, rows["development"], name=NAME, email=EMAIL)


def test_a_link_outlives_neither_its_makers_office_nor_their_sign_in(
    token: str, clearance: Clearance, clearer: Person
) -> None:
    Person.objects.filter(pk=clearer.pk).update(is_active=False)
    with pytest.raises(PublishingError, match="no longer decides for the office"):
        decide(token, clearance)
    Person.objects.filter(pk=clearer.pk).update(is_active=True)
    clearer.groups.clear()
    with pytest.raises(PublishingError, match="no longer decides for the office"):
        open_link(token)
