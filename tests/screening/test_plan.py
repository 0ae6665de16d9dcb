"""The kept plan: made once, made again when it is wrong, safe among processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.screening.conftest import WriteRule
from wardline.institution import Institution
from wardline.screening import Context, Screener, cache, plan

TEXT = "the secret word"
START = """
import sys
from pathlib import Path
from wardline import institution
from wardline.screening import Screener
screener = Screener.load(institution.load(institution.SHIPPED), Path(sys.argv[1]))
print([finding.quote for finding in screener.check("the secret word")])
"""


@pytest.fixture
def kept(
    tmp_path: Path, write_rule: WriteRule, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An empty cache folder, and a pack with one rule."""
    write_rule("confidential-information/secret", "phrases = ['secret']")
    monkeypatch.setenv("WARDLINE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _quotes(folder: Path, hospital: Institution) -> list[str]:
    found = Screener.load(hospital, folder).check(TEXT, Context())
    return [finding.quote for finding in found]


def test_the_second_start_makes_nothing(
    kept: Path,
    folder: Path,
    hospital: Institution,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _quotes(folder, hospital) == ["secret"]
    monkeypatch.setattr(plan, "compiled", None)
    assert _quotes(folder, hospital) == ["secret"]
    assert len(list(kept.iterdir())) == 1


def test_a_changed_rule_is_seen_at_once(
    kept: Path, folder: Path, hospital: Institution, write_rule: WriteRule
) -> None:
    assert _quotes(folder, hospital) == ["secret"]
    write_rule("confidential-information/secret", "phrases = ['word']")
    assert _quotes(folder, hospital) == ["word"]
    assert len(list(kept.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"\x00" * 100, b"half"])
def test_a_damaged_file_is_made_again(
    kept: Path, folder: Path, hospital: Institution, damage: bytes
) -> None:
    assert _quotes(folder, hospital) == ["secret"]
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage)
    assert _quotes(folder, hospital) == ["secret"]
    assert file.read_bytes() == whole


def test_a_database_that_does_not_load_is_compiled_again(
    kept: Path, folder: Path, hospital: Institution
) -> None:
    assert _quotes(folder, hospital) == ["secret"]
    key = plan.plan_key(hospital, folder)
    made = plan.kept_plan(key)
    assert made is not None
    assert kept.is_dir()
    spoilt = plan.Anchored(made.rules.owners, made.rules.database[:-8] + b"elsewhere")
    plan.keep_plan(key, plan.Plan(made.pack, made.probes, made.shapes, spoilt))
    assert _quotes(folder, hospital) == ["secret"]
    assert plan.kept_plan(key) == made


def test_a_cache_that_cannot_be_written_costs_only_speed(
    tmp_path: Path,
    folder: Path,
    hospital: Institution,
    write_rule: WriteRule,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_rule("confidential-information/secret", "phrases = ['secret']")
    (tmp_path / "file").touch()
    monkeypatch.setenv("WARDLINE_CACHE", str(tmp_path / "file" / "below"))
    assert _quotes(folder, hospital) == ["secret"]


def test_the_oldest_files_go(kept: Path) -> None:
    for number in range(cache.KEPT + 3):
        cache.write("plan", f"{number:02}", b"content")
    assert len(list(kept.iterdir())) == cache.KEPT
    assert cache.read("plan", f"{cache.KEPT + 2:02}") == b"content"


def test_the_cache_is_the_users_unless_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WARDLINE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "wardline"


def test_processes_that_start_at_once_do_no_harm(kept: Path, folder: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(folder)], stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    assert {start.communicate()[0] for start in starts} == {b"['secret']\n"}
    assert [start.returncode for start in starts] == [0] * 4
    assert [file.suffix for file in kept.iterdir()] == [".plan"]
