"""What cannot start says why in one line, for whoever runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WARDLINE = str(Path(sys.executable).with_name("wardline"))


def run(*command: str, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [WARDLINE, *command],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "wardline.settings", **given},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("LEASE_SECONDS", "soon", "WARDLINE_LEASE_SECONDS: Input should be a valid"),
        ("HOSTS", "a.example", "Write a list as JSON"),
        ("VAULT_KEY", "c2hvcnQ=", "WARDLINE_VAULT_KEY: Value error, it must be base64"),
        ("AUDIT_KEY", "?", "WARDLINE_AUDIT_KEY: "),
        ("DATABASE_URL", "mysql://x", "it must begin with postgres://"),
        ("DATA", "/dev/null/data", "Not a directory: '/dev/null/data/keys'"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    tmp_path: Path, variable: str, value: str, told: str
) -> None:
    settings = {"WARDLINE_DATA": str(tmp_path), f"WARDLINE_{variable}": value}
    answer = run("prepare", **settings)
    assert (answer.returncode, told in answer.stderr) == (2, True), answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", ["check", "prepare", "serve", "work"])
def test_a_broken_institution_file_is_named(tmp_path: Path, command: str) -> None:
    broken = tmp_path / "institution.toml"
    broken.write_text("name = 5")
    answer = run(command, WARDLINE_INSTITUTION=str(broken), WARDLINE_DATA=str(tmp_path))
    assert answer.returncode == 2
    assert f"{broken}: name: Expected `str`" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_broken_clearance_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "clearance.toml"
    broken.write_text("[[rout]]")
    answer = run("work", WARDLINE_CLEARANCE=str(broken), WARDLINE_DATA=str(tmp_path))
    assert answer.returncode == 2
    assert f"{broken}: top level: Object contains unknown field `rout`" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_closed_standard_input_is_told() -> None:
    answer = subprocess.run(
        ["/bin/sh", "-c", '"$0" check <&-', WARDLINE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert "Standard input is closed; name a text file" in answer.stderr
