"""The demo hospital has something to show on every page."""

import pytest

from wardline.cli.demo import afterwards, answers, clearing, hospital, week, writing
from wardline.cli.demo.hospital import Hospital
from wardline.people.models import Delegation
from wardline.publishing.models import (
    Clearance,
    Draft,
    ErrorReport,
    FollowUp,
    Publication,
)
from wardline.publishing.states import DRAFT
from wardline.registry.models import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> Hospital:
    made = hospital.found("open sesame")
    for part in (answers, afterwards, week, writing, clearing):
        part.fill(made)
    return made


def test_there_is_a_draft_in_each_state_and_something_on_every_list(
    demo: Hospital,
) -> None:
    assert set(Draft.objects.values_list("state", flat=True)) == set(DRAFT.moves)
    stopped = {"due", "by-hand", "published", "failed", "held", "missed"}
    assert set(Publication.objects.values_list("state", flat=True)) == stopped
    assert Clearance.objects.filter(state="pending", order=1).count() == 1
    reports = ErrorReport.objects.values_list("state", flat=True)
    assert sorted(reports) == ["accepted", "received"]
    assert FollowUp.objects.get(state="open").kind == "dead-link"
    assert Delegation.objects.count() == 1
    assert Secret.objects.exclude(expires_at=None).count() == 1
    assert Draft.objects.filter(accounts=demo.accounts["sky"]).exclude(variants={})
