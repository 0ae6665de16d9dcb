"""Health fails when nothing sends: rows that are late, or no worker."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from wardline.publishing.lateness import beat
from wardline.publishing.models import Draft, Publication
from wardline.worker.jobs import beat as job
from wardline.worker.pace import Pace

MINUTE = timedelta(minutes=1)


@pytest.fixture
def worker(db: None) -> None:
    """One was seen just now."""
    beat(timezone.now())


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


@pytest.mark.parametrize("address", ["/api/health", "/healthz"])
def test_a_site_with_nothing_due_is_well(
    client: Client, worker: None, address: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_what_is_due_now_is_no_trouble(
    client: Client, worker: None, due: Publication
) -> None:
    assert client.get("/api/health").status_code == 200


@pytest.mark.parametrize("state", ["due", "sending"])
def test_worker_alive_and_queue_stuck_health_fails(
    client: Client, worker: None, due: Publication, state: str
) -> None:
    """postiz#1748, #1259: what was due ten minutes ago is trouble, whoever beats."""
    long_ago = timezone.now() - 11 * MINUTE
    times = {"next_attempt_at": long_ago, "lease_until": long_ago}
    Publication.objects.update(state=state, **times)
    answer = client.get("/api/health")
    assert answer.status_code == 503
    assert "Is a worker running?" in answer.json()["reason"]


def test_worker_dead_health_is_not_green(client: Client, db: None) -> None:
    """postiz#1748: the worker was dead, and health said that all was well."""
    assert "No worker has run yet" in client.get("/api/health").json()["reason"]
    beat(timezone.now() - 11 * MINUTE)
    answer = client.get("/api/health")
    assert answer.status_code == 503
    assert "No worker was seen for 10 minutes" in answer.json()["reason"]
    job.PACE = Pace(60)
    assert job.run() is False
    assert client.get("/api/health").status_code == 200


def test_a_try_that_waits_for_its_time_is_no_trouble(
    client: Client, worker: None, due: Publication
) -> None:
    now = timezone.now()
    Publication.objects.update(due_at=now - 40 * MINUTE, next_attempt_at=now + MINUTE)
    assert client.get("/api/health").status_code == 200


def test_a_database_that_does_not_answer_is_trouble(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def broken(**_conditions: object) -> None:
        raise OperationalError

    monkeypatch.setattr("wardline.api.health.late", lambda now: broken())
    assert "database" in client.get("/api/health").json()["reason"]
