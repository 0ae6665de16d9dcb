"""The worker looks at profiles, one at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.servers.pages import Pages
from tests.servers.policies import Policies
from wardline.people.models import Person
from wardline.registry.models import AboutAudit, Account
from wardline.worker.jobs import about
from wardline.worker.loop import every_job


@pytest.fixture
def profile(page_by_hand: Account, elsewhere: Pages, policies: Policies) -> Account:
    page_by_hand.url = elsewhere.show("/", policies.html)
    page_by_hand.save()
    return page_by_hand


def test_nothing_is_done_where_nothing_is_due(profile: Account) -> None:
    Account.objects.update(about_due_at=timezone.now() + timedelta(hours=1))
    assert not about.run()
    assert not AboutAudit.objects.exists()


@pytest.mark.clause("OFFICIAL-05", "OFFICIAL-06", by="wardline.worker.jobs.about")
def test_what_is_due_is_audited_and_planned_for_the_next_day(
    profile: Account, author: Person
) -> None:
    assert about.run()
    assert AboutAudit.objects.get().outcome == "pass"
    profile.refresh_from_db()
    assert profile.about_due_at > timezone.now() + timedelta(hours=11)
    assert not about.run()


def test_the_loop_has_it_among_its_jobs() -> None:
    assert every_job()["about"] is about.run
