"""The worker ends authorizations whose time is over, once an hour."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wardline.people.models import Person, Unit
from wardline.publishing.models import Authorization
from wardline.worker.jobs import authorizations
from wardline.worker.loop import every_job


@pytest.mark.django_db
def test_with_none_on_record_nothing_happens_but_the_turn_is_taken() -> None:
    assert authorizations.run()
    assert not authorizations.run()


def test_what_is_over_ends(cardiology: Unit, privacy_officer: Person) -> None:
    row = Authorization.objects.create(
        unit=cardiology,
        reference="PA-1",
        covers=["story"],
        signed_on=timezone.localdate() - timedelta(days=9),
        expires_at=timezone.now() - timedelta(minutes=1),
        recorded_by=privacy_officer,
    )
    every_job()["authorizations"]()
    row.refresh_from_db()
    assert row.state == "expired"
