"""Tasks: who closes them, and which close when the thing itself is done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wardline.people.models import Person
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.steps.report_compromised import report_compromised
from wardline.registry.steps.tasks import close_task, open_task
from wardline.registry.verify import answer


@pytest.mark.parametrize("kind", ["certify", "identity", "orphaned"])
@pytest.mark.parametrize("done", [True, False])
def test_what_a_step_settles_is_not_closed_by_saying_so(
    blog: Account, author: Person, registrar: Person, kind: str, *, done: bool
) -> None:
    task = open_task(author.actor, blog, kind, "Do it")
    for who in (author, registrar):
        with pytest.raises(RegistryError, match="closes by itself"):
            close_task(who.actor, task, done=done)
    task.refresh_from_db()
    assert task.state == "open"


def test_nobody_silences_the_warning_of_a_changed_identity(
    page_by_hand: Account, author: Person
) -> None:
    task = open_task(author.actor, page_by_hand, "identity", "Another id")
    with pytest.raises(RegistryError):
        close_task(author.actor, task)
    assert not answer(page_by_hand.url).trusted


def test_a_break_in_makes_a_rotation_that_waits_urgent(
    page_by_hand: Account, author: Person
) -> None:
    open_task(author.actor, page_by_hand, "rotate", "Old", within=timedelta(days=7))
    report_compromised(author.actor, page_by_hand, "Strange posts")
    task = page_by_hand.tasks.get()
    assert task.due_at
    assert task.due_at < timezone.now() + timedelta(hours=5)
    assert "end all its sessions" in task.what


def test_a_later_reason_puts_nothing_off(page_by_hand: Account, author: Person) -> None:
    for days in (7, 14):
        within = timedelta(days=days)
        open_task(author.actor, page_by_hand, "fix-about", f"{days}", within=within)
    assert page_by_hand.tasks.get().what == "7"
