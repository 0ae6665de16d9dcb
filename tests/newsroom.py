"""Getting posts out and correcting them, the way people and a worker do it."""

from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from django.utils import timezone

from wardline import channels
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.people.models import Person
from wardline.publishing.models import Draft, Publication
from wardline.publishing.revisions import content_of
from wardline.publishing.settle import finish
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit

REASON = "The day was wrong."


@dataclass(frozen=True, slots=True)
class Newsroom:
    """An author, and somebody of Public Affairs who clears what they write."""

    author: Person
    clearer: Person

    def queue(self, draft: Draft) -> list[Publication]:
        """Have a draft cleared, due now."""
        for clearance in submit(self.author.actor, draft, version=draft.version):
            content = clearance.content_hash
            grant(self.clearer.actor, clearance, content=content, note="Fine.")
        return schedule(self.author.actor, draft, at=None, zone="America/New_York")

    def publish(self, draft: Draft) -> Draft:
        """Queue it and let it come out, with nothing sent anywhere."""
        for row in self.queue(draft):
            came_out(row)
        draft.refresh_from_db()
        return draft

    def fix(
        self, post: Draft, text: str, reason: str = REASON, **other: object
    ) -> Draft:
        """A correction of the post with its new text, not yet cleared."""
        draft = start_correction(self.author.actor, post, reason=reason)
        content = replace(content_of(draft.revision), text=text, **other)  # type: ignore[arg-type]
        edit_draft(self.author.actor, draft, content, version=draft.version)
        draft.refresh_from_db()
        return draft

    def correct(
        self, post: Draft, text: str, reason: str = REASON, **other: object
    ) -> Draft:
        """The same, published."""
        draft = self.publish(self.fix(post, text, reason, **other))
        post.refresh_from_db()
        return draft


def came_out(row: Publication) -> None:
    """What a worker writes once the channel has it."""
    editable = channels.get(row.account.channel).capabilities.edit
    same = row.action == "withdraw" or (row.action == "correct" and editable)
    number = row.remote_id if same else str(row.pk)
    url = row.remote_url if same else f"https://posts.example/{row.pk}"
    move(row, "sending", SYSTEM)
    fields = {"remote_id": number, "remote_url": url, "finished_at": timezone.now()}
    with transaction.atomic():
        move(row, "published", SYSTEM, set_fields=fields)
        finish(SYSTEM, row)


@pytest.fixture
def newsroom(author: Person, clearer: Person) -> Newsroom:
    return Newsroom(author, clearer)
