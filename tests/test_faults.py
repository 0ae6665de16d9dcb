"""The attack that must never succeed runs with the tests; `make faults` runs them all."""

import json
import subprocess
import sys

import pytest


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.vault.custody")
def test_whoever_steals_all_but_the_key_finds_no_secret() -> None:
    command = [sys.executable, "-m", "faults.stolen_dump"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["held"], figures
    assert not any(figures["hits"].values())
    assert figures["swapped_refused"] == figures["planted"]
