"""Write a draft: the first content, and every later edit, each kept as a revision."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from wardline.audit.states import move
from wardline.people.access import Actor, require
from wardline.people.models import Unit
from wardline.publishing.content import Content
from wardline.publishing.errors import EditConflictError, PublishingError
from wardline.publishing.models import Draft, Picture
from wardline.publishing.revisions import write
from wardline.publishing.settle import call_off
from wardline.publishing.states import DRAFT
from wardline.publishing.withheld import withheld


def create_draft(actor: Actor, unit: Unit, content: Content) -> Draft:
    """Start a draft of a unit.

    Raises:
        DeniedError: the person is no author of the unit.
        PublishingError: the content cannot be a post.
    """
    require(actor, "draft.create", unit)
    _check(unit, content)
    with transaction.atomic():
        draft = Draft.objects.create(unit=unit, author_id=actor.id)
        write(actor, draft, content, action="draft.create")
    return draft


def edit_draft(actor: Actor, draft: Draft, content: Content, *, version: int) -> None:
    """Replace a draft's content; any clearance and any schedule become void.

    `version` is the draft's version that the person was looking at.

    Raises:
        DeniedError: the person is no author of the unit.
        EditConflictError: somebody saved a newer version.
        PublishingError: the content cannot be a post, or the draft is finished.
    """
    require(actor, "draft.edit", draft)
    _check(draft.unit, content)
    _check_place(draft, content)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != version:
            raise EditConflictError
        content = replace(content, planned=content.planned or _plan(draft))
        _reopen(actor, draft)
        write(actor, draft, content, action="draft.edit")


def _check_place(draft: Draft, content: Content) -> None:
    """A correction and a reply belong where they began."""
    if {a.pk for a in content.accounts} == {a.pk for a in draft.accounts.all()}:
        return
    if draft.corrects_id:
        raise PublishingError("A correction goes to the accounts of its post.")
    if draft.answers:
        raise PublishingError("A reply stays on its account.")


def _plan(draft: Draft) -> tuple[datetime, str] | None:
    """The plan outlives an edit, and so does the time at which it was scheduled."""
    return (draft.planned_at, draft.planned_zone) if draft.planned_at else None


def _reopen(actor: Actor, draft: Draft) -> None:
    if draft.state == "editing":
        return
    if not DRAFT.allows(draft.state, "editing"):
        msg = f"This draft is {draft.state}. To change what was published, correct it."
        raise PublishingError(msg)
    call_off(actor, draft)
    move(draft, "editing", actor)


def _check(unit: Unit, content: Content) -> None:
    if not content.title.strip():
        raise PublishingError("Give the post a title.")
    if not content.text.strip():
        raise PublishingError("Write the text of the post.")
    if not content.accounts:
        raise PublishingError("Choose at least one account to publish on.")
    _check_unit(unit, content)
    opens, closes = content.not_before, content.not_after
    if opens and closes and opens >= closes:
        raise PublishingError("The window must open before it closes.")


def _check_unit(unit: Unit, content: Content) -> None:
    """What it is made with is the unit's own, and the accounts are in use."""
    for account in content.accounts:
        if account.unit_id != unit.pk:
            msg = f"{account} is not an account of {unit}."
            raise PublishingError(msg)
        if account.state not in {"active", "due-for-review"}:
            msg = f"{account} is {account.state}: choose another."
            raise PublishingError(msg)
    for row in content.authorizations:
        if row.unit_id != unit.pk:
            msg = f"{row} is not of {unit}."
            raise PublishingError(msg)
    _check_pictures(unit, {picture.sha256 for picture in content.pictures})


def _check_pictures(unit: Unit, wanted: set[str]) -> None:
    if not wanted:
        return
    kept = Picture.objects.filter(unit=unit, sha256__in=wanted)
    if wanted - set(kept.values_list("sha256", flat=True)):
        msg = f"A picture is not of {unit}: add it once more."
        raise PublishingError(msg)
    if wanted & withheld(unit.pk):
        raise PublishingError(
            "A picture was withdrawn with patient data: take it out, and ask the "
            "Privacy Office."
        )
