"""From the first words to a clearance of exactly those words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from tests.channels.contract import picture
from wardline.audit.models import Entry
from wardline.institution import current
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.publishing.content import Content, Pictured
from wardline.publishing.errors import EditConflictError, PublishingError
from wardline.publishing.gate import missing
from wardline.publishing.models import Authorization, Clearance, Draft
from wardline.publishing.revisions import write as write_revision
from wardline.publishing.steps.add_picture import add_picture
from wardline.publishing.steps.decide import grant, send_back
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule, unschedule
from wardline.publishing.steps.submit import submit
from wardline.registry.models import Account

Write = Callable[..., Draft]
PATIENT = "Our patient Rosa Delgado, MRN 4471903, went home on March 3, 2026."
APPEAL = "Please donate to the hospital today to fund our new infusion center."


def edit(author: Person, draft: Draft, text: str) -> None:
    content = Content(draft.title, text, list(draft.accounts.all()))
    edit_draft(author.actor, draft, content, version=draft.version)
    draft.refresh_from_db()


def submitted(author: Person, draft: Draft) -> dict[str, Clearance]:
    opened = submit(author.actor, draft, version=draft.version)
    draft.refresh_from_db()
    return {clearance.office: clearance for clearance in opened}


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.gate")
def test_a_routine_draft_goes_to_the_routine_office(
    write: Write, author: Person
) -> None:
    (office,) = submitted(author, write())
    assert office == "public-affairs"


@pytest.mark.clause("POLICY-01", by="wardline.publishing.gate")
def test_patient_data_calls_the_privacy_office(write: Write, author: Person) -> None:
    opened = submitted(author, write(PATIENT))
    assert opened["privacy"].lifts_hold
    assert any(
        rule.startswith("patient-privacy/") for rule in opened["privacy"].called_by
    )


@pytest.mark.clause("OFFICIAL-07", by="wardline.publishing.gate")
def test_fundraising_calls_development_and_the_author_may_add_an_office(
    write: Write, author: Person
) -> None:
    opened = submitted(author, write(APPEAL, also_ask=["public-affairs"]))
    assert opened.keys() >= {"development", "public-affairs"}
    assert "author" in opened["public-affairs"].called_by


def test_the_last_grant_clears_the_draft(
    write: Write, author: Person, clearer: Person, developer: Person
) -> None:
    draft = write(APPEAL, also_ask=["public-affairs"])
    opened = submitted(author, draft)
    grant(
        developer.actor,
        opened["development"],
        content=opened["development"].content_hash,
    )
    draft.refresh_from_db()
    assert draft.state == "submitted"
    grant(
        clearer.actor,
        opened["public-affairs"],
        content=opened["public-affairs"].content_hash,
    )
    draft.refresh_from_db()
    assert draft.state == "cleared"


def test_only_the_office_that_was_called_decides(
    write: Write, author: Person, clearer: Person
) -> None:
    clearance = submitted(author, write(PATIENT))["privacy"]
    with pytest.raises(DeniedError, match="Only the office"):
        grant(
            clearer.actor, clearance, content=clearance.content_hash, note="looks fine"
        )


@pytest.mark.clause("OFFICIAL-08", by="wardline.people.access")
def test_nobody_clears_what_they_wrote_or_edited(
    write: Write, author: Person, colleague: Person
) -> None:
    draft = write()
    edit(colleague, draft, "Walk-in flu shots are on Wednesday.")
    clearance = submitted(author, draft)["public-affairs"]
    for writer in (author, colleague):
        writer.groups.add(Group.objects.get_or_create(name="public-affairs")[0])
        fresh = Person.objects.get(pk=writer.pk)
        with pytest.raises(DeniedError, match="wrote or edited"):
            grant(fresh.actor, clearance, content=clearance.content_hash)


@pytest.mark.clause("POLICY-01", by="wardline.publishing.steps.decide")
def test_a_hold_is_lifted_only_with_a_reason(
    write: Write, author: Person, privacy_officer: Person
) -> None:
    clearance = submitted(author, write(PATIENT))["privacy"]
    content = clearance.content_hash
    with pytest.raises(PublishingError, match="needs a reason"):
        grant(privacy_officer.actor, clearance, content=content, note="  ")
    grant(
        privacy_officer.actor,
        clearance,
        content=content,
        note="Signed authorization 2026-114, kept with the unit.",
    )
    assert clearance.state == "granted"


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.steps.save_draft")
def test_an_edit_voids_every_clearance(
    write: Write, author: Person, clearer: Person
) -> None:
    draft = write()
    clearance = submitted(author, draft)["public-affairs"]
    grant(clearer.actor, clearance, content=clearance.content_hash)
    draft.refresh_from_db()
    edit(author, draft, "Walk-in flu shots are on Thursday.")
    clearance.refresh_from_db()
    assert (draft.state, clearance.state) == ("editing", "void")
    with pytest.raises(PublishingError, match="Not cleared"):
        schedule(author.actor, draft, at=None, zone="UTC")


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.steps.decide")
def test_wording_that_changed_under_the_clearer_is_not_granted(
    write: Write, author: Person, clearer: Person
) -> None:
    clearance = submitted(author, write())["public-affairs"]
    with pytest.raises(PublishingError, match="wording changed"):
        grant(clearer.actor, clearance, content="0" * 64)


def test_a_draft_sent_back_keeps_the_note_and_drops_the_other_clearances(
    write: Write, author: Person, clearer: Person
) -> None:
    draft = write(APPEAL, also_ask=["public-affairs"])
    opened = submitted(author, draft)
    send_back(clearer.actor, opened["public-affairs"], note="Name the fund.")
    draft.refresh_from_db()
    opened["development"].refresh_from_db()
    assert (draft.state, opened["development"].state) == ("returned", "void")


def test_sending_back_needs_a_note(
    write: Write, author: Person, clearer: Person
) -> None:
    clearance = submitted(author, write())["public-affairs"]
    with pytest.raises(PublishingError, match="what the author should change"):
        send_back(clearer.actor, clearance, note=" ")


def test_a_draft_that_waits_for_an_office_cannot_be_unscheduled_into_cleared(
    write: Write, author: Person
) -> None:
    draft = write()
    submitted(author, draft)
    with pytest.raises(PublishingError, match="not scheduled"):
        unschedule(author.actor, draft)


def test_an_edit_from_an_old_version_is_refused(
    write: Write, author: Person, colleague: Person
) -> None:
    draft = write()
    stale = Draft.objects.get(pk=draft.pk)
    edit(colleague, draft, "Walk-in flu shots are on Wednesday.")
    with pytest.raises(EditConflictError, match="Somebody saved"):
        edit(author, stale, "Walk-in flu shots are on Friday.")


def test_an_outsider_neither_writes_nor_submits(write: Write, outsider: Person) -> None:
    draft = write()
    with pytest.raises(DeniedError, match="author of the unit"):
        edit(outsider, draft, "Mine now.")
    with pytest.raises(DeniedError, match="author of the unit"):
        submit(outsider.actor, draft, version=draft.version)


@pytest.mark.parametrize(
    ("title", "text", "says"), [(" ", "Words.", "title"), ("Title", " \n", "text")]
)
def test_an_empty_post_is_refused(
    write: Write, title: str, text: str, says: str
) -> None:
    with pytest.raises(PublishingError, match=says):
        write(text, title=title)


def test_every_step_is_in_the_audit_and_none_holds_the_words(
    write: Write, author: Person, clearer: Person
) -> None:
    draft = write(PATIENT, also_ask=["public-affairs"])
    submitted(author, draft)
    entries = list(Entry.objects.all())
    assert {entry.action for entry in entries} >= {
        "draft.create",
        "draft.submitted",
        "clearance.request",
    }
    assert not any("Delgado" in str(vars(entry)) for entry in entries)


def test_approval_of_the_last_editor_is_refused_as_postiz_1758_and_wagtail_1164_ask(
    write: Write, author: Person, colleague: Person
) -> None:
    draft = write()
    edit(colleague, draft, "Walk-in flu shots are on Wednesday.")
    clearance = submitted(author, draft)["public-affairs"]
    colleague.groups.add(Group.objects.get_or_create(name="public-affairs")[0])
    with pytest.raises(DeniedError, match="wrote or edited"):
        grant(
            Person.objects.get(pk=colleague.pk).actor,
            clearance,
            content=clearance.content_hash,
        )


@pytest.mark.parametrize(
    "change",
    ["title", "text", "accounts", "variants", "alt", "pictures", "until", "allowed"],
)
def test_latest_revision_published_not_the_approved_cannot_happen_wagtail_6249(
    write: Write,
    author: Person,
    clearer: Person,
    blog: Account,
    page_by_hand: Account,
    change: str,
) -> None:
    shown, another = (
        add_picture(author.actor, blog.unit, each.name, each.content).sha256
        for each in (picture("teal"), picture("navy"))
    )
    draft = write(pictures=[Pictured(shown, "A queue in the lobby")])
    clearance = submitted(author, draft)["public-affairs"]
    grant(clearer.actor, clearance, content=clearance.content_hash)
    same = Content(
        draft.title, draft.text, [blog], pictures=[Pictured(**draft.pictures[0])]
    )
    content = changed(same, change, blog, page_by_hand, another)
    # As if an edit had slipped in beside the step that voids every clearance.
    draft.refresh_from_db()
    write_revision(author.actor, draft, content, action="draft.edit")
    assert missing(draft, current(), timezone.now())
    with pytest.raises(PublishingError, match="Not cleared"):
        schedule(author.actor, draft, at=None, zone="UTC")


def changed(
    same: Content, change: str, blog: Account, other: Account, another: str
) -> Content:
    """The content with one thing in it another."""
    allowed = Authorization(
        unit=blog.unit,
        reference="2026-114",
        signed_on=timezone.localdate(),
        recorded_by_id=blog.owner_id or 0,
    )
    if change == "allowed":
        allowed.save()
    others: dict[str, dict[str, Any]] = {
        "title": {"title": "Flu shots!"},
        "text": {"text": "Walk-in flu shots are on Sunday."},
        "accounts": {"accounts": [blog, other]},
        "variants": {"variants": {blog.pk: "Only here: on Sunday."}},
        "alt": {"pictures": [replace(same.pictures[0], alt="Rosa in the lobby")]},
        "pictures": {"pictures": [replace(same.pictures[0], sha256=another)]},
        "until": {"not_after": timezone.now() + timedelta(days=1)},
        "allowed": {"authorizations": [allowed]},
    }
    return replace(same, **others[change])
