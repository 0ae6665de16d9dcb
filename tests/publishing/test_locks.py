"""Who edits a draft and who sends it do not wait for each other in a circle."""

import os
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from tests.newsroom import Newsroom
from wardline.publishing.models import Draft
from wardline.publishing.steps.claim import claim


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    not os.environ.get("WARDLINE_DATABASE_URL", "").startswith("postgres"),
    reason="SQLite locks no rows: one writer at a time",
)
def test_a_draft_that_somebody_holds_is_passed_over_and_not_waited_for(
    newsroom: Newsroom, write: Callable[..., Draft]
) -> None:
    draft = write()
    newsroom.queue(draft)
    with psycopg.connect(**connection.get_connection_params()) as editor:
        held = "SELECT 1 FROM publishing_draft WHERE id = %s FOR UPDATE"
        editor.execute(held, [draft.pk])
        assert claim() is None
    assert claim()
