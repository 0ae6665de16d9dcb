"""What every test may use, and what transactional tests need around them."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

pytest_plugins = [
    "tests.browser",
    "tests.cast",
    "tests.newsroom",
    "tests.servers.bluesky",
    "tests.servers.mastodon",
    "tests.servers.mediawiki",
    "tests.servers.policies",
    "tests.servers.webhook",
    "tests.servers.wordpress",
]

triggers = import_module("wardline.audit.migrations.0002_append_only")


@pytest.fixture(autouse=True)
def flushable(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let Django empty the audit table after a test that really committed."""
    marks = request.node.iter_markers("django_db")
    committed = any(mark.kwargs.get("transaction") for mark in marks)
    if not committed and not {"transactional_db", "live_server"} & {
        *request.fixturenames
    }:
        yield
        return
    request.getfixturevalue("transactional_db")
    with connection.schema_editor() as editor:
        triggers.drop_triggers(apps, editor)
        triggers.add_triggers(apps, editor)
    yield
    with connection.schema_editor() as editor:
        triggers.drop_triggers(apps, editor)
