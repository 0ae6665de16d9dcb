"""`wardline signing`: the public keys, and another one to sign with."""

import base64
import json
from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from wardline.cli.signing import app
from wardline.registry import signing


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path
    (tmp_path / signing.KEY).write_text(base64.b64encode(bytes(32)).decode())


def test_the_keys_are_printed_as_they_are_published() -> None:
    done = CliRunner().invoke(app, ["keys"])
    assert json.loads(done.stdout) == signing.published()


def test_another_key_is_named() -> None:
    done = CliRunner().invoke(app, ["rotate"])
    assert done.exit_code == 0
    assert signing.published()["keys"][1]["kid"] in done.stdout


def test_what_the_environment_gives_is_changed_there(settings: Settings) -> None:
    given = {"signing_key": base64.b64encode(bytes(32)).decode()}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=given)
    done = CliRunner().invoke(app, ["rotate"])
    assert done.exit_code == 2
    assert "WARDLINE_SIGNING_KEY gives the key" in done.stderr
