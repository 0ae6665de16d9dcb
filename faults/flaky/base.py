"""The database backend, as Django loads it.

https://docs.djangoproject.com/en/5.2/topics/db/instrumentation/
"""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from faults.flaky import strikes


class DatabaseWrapper(base.DatabaseWrapper):
    """Fails before statements, and before or after commits: then nobody knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_fallible)

    def _commit(self) -> None:
        _fail()
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        _fail()


def _fallible(
    execute: Callable[..., Any],
    sql: str,
    params: Any,  # noqa: ANN401
    many: bool,  # noqa: FBT001
    context: dict[str, Any],
) -> Any:  # noqa: ANN401
    _fail()
    return execute(sql, params, many, context)


def _fail() -> None:
    if strikes():
        raise OperationalError("disk I/O error")
