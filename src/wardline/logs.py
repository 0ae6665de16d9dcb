"""What reaches the log: what happened and where, never a post's text or a secret."""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

import structlog
from typing_extensions import override

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {
            "()": "wardline.logs.Formatter",
            "format": "{asctime} [{levelname}] {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": True},
        "requests_hardened": {"level": "ERROR"},
        "urllib3": {"level": "ERROR"},
    },
}
"""Django's errors, on standard error whether or not DEBUG is on.

The warnings of the other two quote addresses, which stand in posts.
"""


def configure() -> None:
    """Have structlog write plain lines; its own default prints local variables."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            _located,
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(),
                exception_formatter=structlog.dev.plain_traceback,
            ),
        ]
    )


def where(error: BaseException | None) -> str:
    """The lines that an error passed and its kind, its causes first.

    Messages are left out: PostgreSQL's quote whole rows, others what was typed.
    """
    return "".join(reversed(list(_steps(error)))).rstrip()


_SECRET = re.compile(r"(?<=/approve/)[^/?\s]+")
"""What of an address lets in whoever has it."""


class Formatter(logging.Formatter):
    """Writes of an exception only where it arose, and of no address its secret."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub("…", super().format(record))

    @override
    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return where(ei[1])


def _steps(error: BaseException | None) -> Iterator[str]:
    while error:
        lines = traceback.format_tb(error.__traceback__)
        yield f"{''.join(lines)}{type(error).__qualname__}\n"
        error = error.__cause__ or error.__context__


def _located(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    if event.pop("exc_info", False):
        event["exception"] = where(sys.exception())
    return event
