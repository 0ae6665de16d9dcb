"""Logs say where something broke, and repeat neither posts nor passwords."""

import logging

import pytest

from wardline.channels.original import look
from wardline.logs import Formatter
from wardline.worker.loop import attempt

WORDS = "Our patient Rosa Delgado went home."
PASSWORD = "hunter2 hunter2 hunter2"


def broken_job() -> bool:
    words, password = WORDS, PASSWORD
    try:
        return {"": True}[words]
    except KeyError as error:
        raise ValueError(password) from error


def test_a_job_that_works_logs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt("deliver", lambda: True)
    assert not "".join(capsys.readouterr())


def test_a_broken_job_is_logged_without_what_it_held(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert attempt("deliver", broken_job) is False
    logged = "".join(capsys.readouterr())
    assert "in broken_job" in logged
    assert logged.index("KeyError") < logged.index("ValueError")
    assert WORDS not in logged
    assert PASSWORD not in logged


def test_a_broken_page_is_logged_without_what_was_typed() -> None:
    try:
        broken_job()
    except ValueError as error:
        caught = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("django", logging.ERROR, "", 1, "Broke", (), caught)
    logged = Formatter().format(record)
    assert "in broken_job" in logged
    assert WORDS not in logged
    assert PASSWORD not in logged


def test_the_secret_in_an_address_that_broke_is_not_logged() -> None:
    path = "/approve/dGhlIHNlY3JldA/pictures/0"
    for arguments in [("Oops", path), ("Oops", f"{path}?a=b")]:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "%s: %s", arguments, None
        )
        logged = Formatter().format(record)
        assert "/approve/…" in logged
        assert "dGhlIHNlY3JldA" not in logged


def test_a_link_that_is_not_followed_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert look("http://127.0.0.1/rosa-delgado").outcome == "unreachable"
    assert not caplog.text
