from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from wardline.publishing.models import Draft, Publication


@pytest.fixture
def due(write: Callable[..., Draft]) -> Publication:
    """A publication that is due now."""
    draft, now = write(), timezone.now()
    return Publication.objects.create(
        draft=draft,
        account=draft.accounts.get(),
        revision=draft.revision,
        key="flu-shots-1a2b3c4d",
        due_at=now,
        next_attempt_at=now,
        zone="UTC",
    )


def test_a_site_with_nothing_due_is_well(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_what_is_due_now_is_no_trouble(client: Client, due: Publication) -> None:
    assert client.get("/healthz").status_code == 200


def test_what_was_due_long_ago_is_trouble(client: Client, due: Publication) -> None:
    due.next_attempt_at = timezone.now() - timedelta(minutes=6)
    due.save()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "Is a worker running?" in answer.json()["reason"]


def test_a_database_that_does_not_answer_is_trouble(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_conditions: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Publication.objects, "filter", broken)
    assert "database" in client.get("/healthz").json()["reason"]
