"""The clock that all machines share: the database's, whatever theirs say."""

from datetime import UTC, datetime

from django.db import connection

_QUESTION = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
}


def database_now() -> datetime:
    """The time in UTC, even within a transaction that began earlier."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION[connection.vendor])
        (told,) = cursor.fetchone()
    now = datetime.fromisoformat(told) if isinstance(told, str) else told
    return now.astimezone(UTC)
