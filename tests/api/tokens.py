"""Tokens for tests of the API."""

from datetime import timedelta

from wardline.people.models import Person
from wardline.people.tokens import SCOPES
from wardline.registry.steps.issue_token import issue_token


def token_of(person: Person, *scopes: str) -> dict[str, str]:
    """The header with a fresh token of the person's; of every scope, if none named."""
    actor = Person.objects.get(pk=person.pk).actor
    lasts = timedelta(days=1)
    _row, token = issue_token(actor, name="Tests", scopes=scopes or SCOPES, lasts=lasts)
    return {"Authorization": f"Bearer {token}"}
