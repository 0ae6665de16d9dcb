"""What the API's own description allows never breaks it, and it answers as described.

https://schemathesis.readthedocs.io/
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.tokens import token_of
from wardline.people.models import Person
from wardline.registry.models import Account
from wardline.wsgi import application

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
CALLS = 12
"""For each operation; a run of 10,000 calls is for a quiet machine."""


@pytest.fixture
def operations(blog: Account) -> list[Any]:
    """Those of the registry."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    found = schema.include(path_regex="^/api/registry").get_all_operations()
    return [operation.ok() for operation in found if isinstance(operation, Ok)]


def test_no_call_that_is_described_breaks_it(
    operations: list[Any], registrar: Person
) -> None:
    headers = token_of(registrar)
    assert operations
    for operation in operations:

        @settings(
            max_examples=CALLS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy())
        def answers_as_described(case: schemathesis.Case[Any]) -> None:
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS, headers=headers)

        answers_as_described()
